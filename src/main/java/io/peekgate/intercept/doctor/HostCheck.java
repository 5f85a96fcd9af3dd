package io.peekgate.intercept.doctor;

import io.peekgate.intercept.doctor.Rules.Capture;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Whether the host and the process are fit for it. */
enum HostCheck implements Check {
    CAPABILITY {
        @Override
        public List<Complaint> complaints(Deployment deployment) {
            boolean marks = deployment.gateway().mark().isPresent();
            Stream<Complaint> transparent = processes(deployment)
                    .filter(process -> deployment.usesTproxy() && process.lacksNetAdmin())
                    .map(process -> lacking("CAP_NET_ADMIN, which tproxy takes"));
            Stream<Complaint> marked = processes(deployment)
                    .filter(process -> marks && process.cannotMark())
                    .map(process -> lacking("CAP_NET_ADMIN or CAP_NET_RAW, which connect.mark takes"));
            return Stream.concat(transparent, marked).toList();
        }

        private Complaint lacking(String right) {
            return new Complaint(
                    "the gateway lacks " + right,
                    "run it with AmbientCapabilities=CAP_NET_ADMIN (systemd), or in a container with NET_ADMIN");
        }
    },
    IP_FORWARD {
        @Override
        public List<Complaint> complaints(Deployment deployment) {
            return forwarding(deployment).stream()
                    .filter(variable -> deployment
                            .sysctl(variable)
                            .filter(value -> value == 0)
                            .isPresent())
                    .map(variable -> new Complaint(
                            "this host is to be a gateway, and does not forward: " + dotted(variable) + " = 0",
                            "sysctl -w " + dotted(variable) + "=1"))
                    .toList();
        }

        private List<String> forwarding(Deployment deployment) {
            List<String> families = List.of("net/ipv4/ip_forward", "net/ipv6/conf/all/forwarding");
            boolean ipv6 =
                    deployment.hasIpv6() && deployment.captures().stream().anyMatch(Capture::ipv6);
            return deployment.routes() ? families.subList(0, ipv6 ? 2 : 1) : List.of();
        }
    },
    /** An interface's setting and that of all: the larger one holds. */
    RP_FILTER {
        @Override
        public List<Complaint> complaints(Deployment deployment) {
            return deployment.devices().stream()
                    .filter(device -> deployment.usesTproxy())
                    .flatMap(device -> Stream.concat(strict(deployment, device), marked(deployment, device)))
                    .toList();
        }

        private Stream<Complaint> strict(Deployment deployment, String device) {
            return complaint(
                    deployment,
                    device,
                    "rp_filter",
                    device + " drops clients that it would not answer by the same way (rp_filter = 1)",
                    "sysctl -w " + own(device) + ".rp_filter=2");
        }

        /** The source is then looked up in the table in which every address is this host's own, and refused. */
        private Stream<Complaint> marked(Deployment deployment, String device) {
            return complaint(
                    deployment,
                    device,
                    "src_valid_mark",
                    device + " drops every packet that tproxy has marked (src_valid_mark = 1)",
                    "sysctl -w net.ipv4.conf.all.src_valid_mark=0 " + own(device) + ".src_valid_mark=0");
        }

        /** For sysctl, a slash stands for a dot of the name, such as a VLAN's. */
        private String own(String device) {
            return "net.ipv4.conf." + device.replace('.', '/');
        }

        private Stream<Complaint> complaint(
                Deployment deployment, String device, String variable, String found, String mend) {
            long value = Stream.of("all", device)
                    .flatMap(scope -> deployment.sysctl("net/ipv4/conf/" + scope + "/" + variable).stream())
                    .mapToLong(Long::longValue)
                    .max()
                    .orElse(0);
            return Complaint.when(value == 1, found, mend).stream();
        }
    },
    TPROXY_ROUTE {
        @Override
        public List<Complaint> complaints(Deployment deployment) {
            return deployment.captures().stream()
                    .filter(Capture::isTproxy)
                    .map(capture -> capture.ipv6() ? "ip -6" : "ip")
                    .distinct()
                    .filter(Predicate.not(ip -> hasRoute(deployment, ip)))
                    .map(ip -> new Complaint(
                            "marked packets are not routed to this host's sockets ("
                                    + (ip.equals("ip") ? "IPv4" : "IPv6") + ")",
                            "peekgate intercept apply --mode tproxy"))
                    .toList();
        }

        /** Of the tables that a mark leads to, one must take everything. */
        private boolean hasRoute(Deployment deployment, String ip) {
            return deployment
                    .host()
                    .sh("for table in $(" + ip + " rule | sed -n 's/.*fwmark.* lookup \\([^ ]*\\).*/\\1/p'); do\n"
                            + ip + " route show table $table 2>/dev/null | grep -q '^local default' && exit 0\n"
                            + "done\nexit 1")
                    .isFine();
        }
    },
    CONNTRACK_TIMEOUT {
        @Override
        public List<Complaint> complaints(Deployment deployment) {
            String variable = "net/netfilter/nf_conntrack_tcp_timeout_close_wait";
            long wanted = deployment.gateway().halfClosedTimeout().toSeconds();
            boolean redirects = deployment.captures().stream().anyMatch(capture -> !capture.isTproxy());
            return deployment.sysctl(variable).filter(seconds -> redirects && seconds < wanted).stream()
                    .map(seconds -> new Complaint(
                            "a half-closed connection is forgotten by the kernel after " + seconds
                                    + " s, and relay.half-closed-timeout is " + wanted + " s",
                            "sysctl -w " + dotted(variable) + "=" + wanted))
                    .toList();
        }
    },
    DESCRIPTOR_LIMIT {
        private static final long FEW = 4096;
        private static final long PER_CONNECTION = 2;

        @Override
        public List<Complaint> complaints(Deployment deployment) {
            long needed = deployment
                    .gateway()
                    .connections()
                    .map(connections -> connections * PER_CONNECTION)
                    .orElse(FEW);
            return processes(deployment)
                    .flatMap(process -> process.descriptors().stream())
                    .filter(limit -> limit < needed)
                    .map(limit -> new Complaint(
                            "the gateway may have " + limit + " descriptors, and wants " + needed,
                            "LimitNOFILE=" + Math.max(65_536, needed) + " (systemd), or ulimit -n before it starts"))
                    .toList();
        }
    },
    DNS {
        @Override
        public List<Complaint> complaints(Deployment deployment) {
            return deployment.gateway().dns().get().stream()
                    .map(trouble -> new Complaint(
                            "no name can be resolved: " + trouble,
                            "dns.servers = [\"ADDRESS:53\"] of one that answers"))
                    .toList();
        }
    },
    OPEN_TO_ALL {
        @Override
        public List<Complaint> complaints(Deployment deployment) {
            return deployment.gateway().doors().stream()
                    .filter(door -> door.anyAddress() && door.anySource())
                    .map(door -> new Complaint(
                            "listener " + door.name() + " is bound to every address and lets everybody in: whoever"
                                    + " reaches port " + door.port() + " may use it",
                            "sources = [loopback, private], or the clients' networks"))
                    .toList();
        }
    };

    private static String dotted(String variable) {
        return variable.replace('/', '.');
    }

    private static Stream<RunningGateway> processes(Deployment deployment) {
        return deployment.listening().stream()
                .flatMap(socket -> socket.process().stream())
                .distinct()
                .map(pid -> new RunningGateway(deployment.host(), pid));
    }
}
