package io.peekgate.intercept.doctor;

import io.peekgate.intercept.Host;
import io.peekgate.intercept.Rights;
import io.peekgate.intercept.Tools;
import java.util.List;
import java.util.stream.Stream;

/** Looks a deployment over. */
public final class Doctor {
    private Doctor() {}

    /**
     * What is wrong; empty: nothing is known to be.
     *
     * @throws io.peekgate.intercept.InterceptException if this user may not look, or a tool is missing
     */
    public static List<Finding> findings(Gateway gateway, Host host) {
        Rights.check(host);
        Tools.check(host, "ip", "ss");
        Deployment deployment = Deployment.of(gateway, host);
        return Stream.<Check>concat(Stream.of(ReachCheck.values()), Stream.of(HostCheck.values()))
                .flatMap(check -> check.look(deployment).stream())
                .toList();
    }
}
