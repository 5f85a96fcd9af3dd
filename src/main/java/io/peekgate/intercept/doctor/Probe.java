package io.peekgate.intercept.doctor;

import io.peekgate.intercept.doctor.Rules.Capture;

/**
 * A connection to an address where nobody is (RFC 5737): only who intercepts it can take it. Where it came out is read
 * back from the kernel's list of sockets, so that nothing depends on what the gateway is told to answer.
 */
final class Probe {
    static final String ADDRESS = "192.0.2.1";

    private Probe() {}

    /** Whether the gateway has its other end. True as well where it cannot be tried: without a route, or as the exempt user. */
    static boolean arrives(Deployment deployment, Capture capture) {
        if (!deployment.host().sh("ip route get " + ADDRESS).isFine() || isExempt(deployment)) {
            return true;
        }
        int port = capture.ports().stream().findFirst().orElse(443);
        return deployment.host().whileConnected(ADDRESS, port, local -> hasOtherEnd(deployment, capture, local));
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
