package io.peekgate.intercept.doctor;

import io.peekgate.intercept.doctor.Rules.Capture;
import io.peekgate.intercept.doctor.Sockets.Listening;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Whether connections come to the gateway, all of them, and none of its own. */
enum ReachCheck implements Check {
    NOT_INTERCEPTED {
        @Override
        public List<Complaint> complaints(Deployment deployment) {
            boolean awaited = deployment.gateway().doors().stream().anyMatch(Gateway.Door::captures);
            return Complaint.when(
                    awaited && deployment.captures().isEmpty(),
                    "no rule brings connections to the gateway",
                    "peekgate intercept apply --mode gateway|sidecar|tproxy, or capture = none where DNS brings them");
        }
    },
    NOTHING_LISTENS {
        @Override
        public List<Complaint> complaints(Deployment deployment) {
            return deployment.captures().stream()
                    .map(Capture::to)
                    .distinct()
                    .filter(port -> deployment.sockets().on(port).isEmpty())
                    .map(port -> new Complaint(
                            "connections are brought to port " + port + ", where nothing listens",
                            "peekgate run, or intercept apply --to the port of the listener"))
                    .toList();
        }
    },
    /** Both targets go to the incoming interface's own address, or to loopback for this host's own packets. */
    LISTENER_OUT_OF_REACH {
        @Override
        public List<Complaint> complaints(Deployment deployment) {
            return deployment.captures().stream()
                    .filter(capture -> isHeard(deployment, capture, socket -> true))
                    .filter(capture -> !isHeard(deployment, capture, socket -> reaches(capture, socket)))
                    .map(capture -> new Complaint(
                            capture.text() + " are brought to port " + capture.to()
                                    + " of an address on which nothing listens",
                            "bind = \"*:" + capture.to() + "\""))
                    .toList();
        }

        private boolean isHeard(Deployment deployment, Capture capture, Predicate<Listening> how) {
            return deployment.sockets().on(capture.to()).stream().anyMatch(how);
        }

        private boolean reaches(Capture capture, Listening socket) {
            return capture.isLocal()
                    ? socket.takesLoopback(capture.ipv6())
                    : socket.takes(capture.ipv6()) && !socket.isLoopback();
        }
    },
    /** A tproxy rule finds only transparent sockets, and those take a redirected connection for one to themselves. */
    CAPTURE_MISMATCH {
        @Override
        public List<Complaint> complaints(Deployment deployment) {
            return deployment.captures().stream()
                    .flatMap(capture -> deployment.gateway().doors().stream()
                            .filter(door -> door.port() == capture.to() && door.isTproxy() != capture.isTproxy()))
                    .distinct()
                    .map(door -> new Complaint(
                            "listener " + door.name() + " is " + (door.isTproxy() ? "" : "not ")
                                    + "set to capture = tproxy, and the rules "
                                    + (door.isTproxy() ? "redirect" : "use tproxy"),
                            door.isTproxy() ? "capture = redirect" : "capture = tproxy"))
                    .toList();
        }
    },
    /** Tried where nothing else is known that would explain a failure. */
    REDIRECT_FAILS {
        @Override
        public List<Complaint> complaints(Deployment deployment) {
            boolean isExplained = EXPLANATIONS.stream()
                    .anyMatch(check -> !check.complaints(deployment).isEmpty());
            return deployment.captures().stream()
                    .filter(capture -> !isExplained && !deployment.rules().spares(Probe.address(capture)))
                    .flatMap(capture -> (capture.isLocal() ? ownLost(deployment, capture) : lost(deployment, capture)))
                    .toList();
        }

        /** What this command dials itself is redirected as well, unless it runs as the gateway's user. */
        private Stream<Complaint> ownLost(Deployment deployment, Capture capture) {
            return Stream.of(capture)
                    .filter(local -> !local.ipv6() && !Probe.arrives(deployment, local))
                    .map(local -> new Complaint(
                            "a connection from this host to " + Probe.address(local) + " did not come to Peekgate",
                            "peekgate intercept verify tells what is missing; the listener's sources must let "
                                    + "this host's addresses in"));
        }

        private Stream<Complaint> lost(Deployment deployment, Capture capture) {
            return Stream.of(capture)
                    .filter(routed -> routed.isPlain() && ThrowawayClient.isLost(deployment, routed))
                    .map(routed -> new Complaint(
                            "a client that this host routes for dialled port " + routed.port() + " of "
                                    + Probe.address(routed) + ", and did not come to Peekgate",
                            "peekgate intercept verify; if that misses nothing, a rule of others comes first: nft list"
                                    + " ruleset, iptables-save"));
        }
    },
    OWN_TRAFFIC {
        @Override
        public List<Complaint> complaints(Deployment deployment) {
            boolean local = deployment.captures().stream().anyMatch(Capture::isLocal);
            return Complaint.when(
                    local && !OwnTraffic.isExempt(deployment),
                    "the gateway's own connections are brought back to it: exempt is " + OwnTraffic.exempt(deployment)
                            + ", and the gateway is " + OwnTraffic.gateway(deployment),
                    "peekgate intercept remove; peekgate intercept apply --mode sidecar --exempt-uid the gateway's user");
        }
    },
    IPV6_OPEN {
        @Override
        public List<Complaint> complaints(Deployment deployment) {
            Stream<Capture> captures = deployment.captures().stream();
            return Complaint.when(
                    !deployment.captures().isEmpty() && deployment.hasIpv6() && captures.noneMatch(Capture::ipv6),
                    "only IPv4 is intercepted, and this host has IPv6: those connections pass by",
                    "peekgate intercept apply --ipv6 on");
        }
    },
    QUIC_OPEN {
        @Override
        public List<Complaint> complaints(Deployment deployment) {
            return deployment.captures().stream()
                    .filter(capture -> !deployment.rules().rejectsUdp(capture))
                    .map(capture -> new Complaint(
                            capture.text() + " are intercepted, but QUIC (UDP) to it passes by",
                            "peekgate intercept apply --quic reject"))
                    .toList();
        }
    };

    /** What keeps a connection from coming to the gateway, and can be told without one. */
    private static final List<Check> EXPLANATIONS = List.of(
            NOTHING_LISTENS,
            LISTENER_OUT_OF_REACH,
            CAPTURE_MISMATCH,
            HostCheck.CAPABILITY,
            HostCheck.RP_FILTER,
            HostCheck.TPROXY_ROUTE);
}
