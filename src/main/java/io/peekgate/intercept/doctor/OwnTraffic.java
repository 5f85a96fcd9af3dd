package io.peekgate.intercept.doctor;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** How the gateway's own packets are told from others. */
final class OwnTraffic {
    private OwnTraffic() {}

    /** Whether one of the exemptions is for the gateway that runs, or if none does, there is any. */
    static boolean isExempt(Deployment deployment) {
        List<Long> users = users(deployment);
        return deployment.rules().exempt().stream()
                .anyMatch(exempt -> exempt.isUser()
                        ? users.isEmpty() || users.contains(exempt.number())
                        : deployment
                                .gateway()
                                .mark()
                                .filter(mark -> mark == exempt.number())
                                .isPresent());
    }

    static String exempt(Deployment deployment) {
        String all = deployment.rules().exempt().stream()
                .map(Rules.Exempt::text)
                .distinct()
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? "nobody" : all;
    }

    static String gateway(Deployment deployment) {
        String users = users(deployment).stream().map(uid -> "user " + uid).collect(Collectors.joining(", "));
        String mark =
                deployment.gateway().mark().map(number -> ", mark " + number).orElse("");
        return (users.isEmpty() ? "not running" : users) + mark;
    }

    private static List<Long> users(Deployment deployment) {
        return deployment.listening().stream()
                .flatMap(socket -> socket.process().stream())
                .map(pid -> new RunningGateway(deployment.host(), pid).user())
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }
}
