package io.peekgate.intercept.doctor;

import io.peekgate.intercept.doctor.Rules.Capture;

/** A connection to an address where nobody is (RFC 5737): only who intercepts it can answer. */
final class Probe {
    static final String ADDRESS = "192.0.2.1";

    private Probe() {}

    /** True as well where it cannot be tried: without a route, or as the exempt user. */
    static boolean answered(Deployment deployment, Capture capture) {
        if (!deployment.host().sh("ip route get " + ADDRESS).isFine() || isExempt(deployment)) {
            return true;
        }
        int port = capture.ports().stream().findFirst().orElse(443);
        String request = "GET / HTTP/1.0\r\n\r\n";
        return deployment.host().answer(ADDRESS, port, request).contains("X-Peekgate-Reason");
    }

    private static boolean isExempt(Deployment deployment) {
        String user = deployment.host().sh("id -u").output().strip();
        return deployment.rules().exempt().stream()
                .anyMatch(exempt -> exempt.isUser() && user.equals(Long.toString(exempt.number())));
    }
}
