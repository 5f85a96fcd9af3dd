package io.peekgate.route;

import java.util.regex.Pattern;

/** How everything in this package that is not as it should be is told: what was written, what is wrong, the mend. */
final class Complaint {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private Complaint() {}

    static IllegalArgumentException about(String what, String text, String problem, String mend) {
        String shown = CONTROL.matcher(text).replaceAll("?");
        return new IllegalArgumentException(what + " \"" + shown + "\": " + problem + "; " + mend);
    }
}
