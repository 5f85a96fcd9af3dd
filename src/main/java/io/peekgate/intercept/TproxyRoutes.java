package io.peekgate.intercept;

import io.peekgate.intercept.Step.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What brings marked packets to this host's sockets, whatever their destination: a routing rule and a table a family. */
final class TproxyRoutes {
    private static final int TABLE = 7067;
    private static final String RULE =
            String.format(Locale.ROOT, "pref %d fwmark 0x%x lookup %d", TABLE, Plan.TPROXY_MARK, TABLE);
    private static final String ROUTE = "local default dev lo table " + TABLE;

    private TproxyRoutes() {}

    static List<Step> steps(Plan plan) {
        List<Step> steps = new ArrayList<>();
        for (Family family : plan.families()) {
            steps.add(Step.unlessThere(
                    family.text() + ": a table in which every address is this host's own.",
                    new Part("the " + family.text() + " route of table " + TABLE, hasRoute(family)),
                    family.ip() + " route add " + ROUTE));
            steps.add(Step.unlessThere(
                    family.text() + ": packets that are marked are routed by it.",
                    new Part("the " + family.text() + " routing rule for the mark", hasRule(family)),
                    family.ip() + " rule add " + RULE));
        }
        return steps;
    }

    static List<Step> removal() {
        List<Step> steps = new ArrayList<>();
        for (Family family : Family.values()) {
            steps.add(new Step(
                    family.text() + ": the routing rule for marked packets, and its table.",
                    List.of(),
                    "! " + hasRule(family) + " || " + family.ip() + " rule del " + RULE + "\n! " + hasRoute(family)
                            + " || " + family.ip() + " route del " + ROUTE));
        }
        return steps;
    }

    static String hasRoute(Family family) {
        return family.ip() + " route show table " + TABLE + " 2>/dev/null | grep -q '^local default dev lo'";
    }

    static String hasRule(Family family) {
        return String.format(
                Locale.ROOT,
                "%s rule 2>/dev/null | grep -q 'fwmark 0x%x lookup %d'",
                family.ip(),
                Plan.TPROXY_MARK,
                TABLE);
    }
}
