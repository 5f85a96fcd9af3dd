package io.peekgate.intercept.doctor;

import io.peekgate.intercept.doctor.Rules.Capture;

/**
 * A connection to an address where nobody is (RFC 5737): only who intercepts it can take it. Where it came out is read
 * back from the kernel's list of sockets, so that nothing depends on what the gateway is told to answer.
 */
final class Probe {
    private static final String ADDRESS = "192.0.2.1";
    private static final String ADDRESS6 = "2001:db8::1";

    private Probe() {}

    /** What is dialled, of RFC 5737 or RFC 3849. */
    static String address(Capture capture) {
        return capture.ipv6() ? ADDRESS6 : ADDRESS;
    }

    /** Whether the gateway has its other end. True as well where it cannot be tried: without a route, or as the exempt user. */
    static boolean arrives(Deployment deployment, Capture capture) {
        if (!deployment.host().sh("ip route get " + ADDRESS).isFine() || isExempt(deployment)) {
            return true;
        }
        return deployment
                .host()
                .whileConnected(ADDRESS, capture.port(), local -> hasOtherEnd(deployment, capture, local));
    }

    /** A socket on the gateway's port whose peer is ours, which dialled another address. */
    private static boolean hasOtherEnd(Deployment deployment, Capture capture, int local) {
        String filter = "sport = :" + capture.to() + " and dport = :" + local;
        return !deployment
                .host()
                .sh("ss -Htn state established '" + filter + "'")
                .output()
                .isBlank();
    }

    private static boolean isExempt(Deployment deployment) {
        String user = deployment.host().sh("id -u").output().strip();
        return deployment.rules().exempt().stream()
                .anyMatch(exempt -> exempt.isUser() && user.equals(Long.toString(exempt.number())));
    }
}
