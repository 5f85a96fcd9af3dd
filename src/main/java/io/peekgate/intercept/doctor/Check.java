package io.peekgate.intercept.doctor;

import java.util.List;
import java.util.Locale;

/** One thing that can be wrong. */
interface Check {
    /** What is wrong of it, without the check's name; empty: nothing, or it cannot be told. */
    List<Complaint> complaints(Deployment deployment);

    /** Its constant. */
    String name();

    default List<Finding> look(Deployment deployment) {
        String code = name().toLowerCase(Locale.ROOT).replace('_', '-');
        return complaints(deployment).stream()
                .map(complaint -> new Finding(code, complaint.found(), complaint.mend()))
                .toList();
    }

    /** What a check says. */
    record Complaint(String found, String mend) {
        static List<Complaint> when(boolean wrong, String found, String mend) {
            return wrong ? List.of(new Complaint(found, mend)) : List.of();
        }
    }
}
