package io.peekgate.admin;

import java.util.Set;

/** The admin API and its page: every path, behind the doorkeeper, with each change on the audit log. */
public final class AdminApi {
    static final String ROOT = "/api/v1";

    private AdminApi() {}

    /**
     * What answers.
     *
     * @param hosts names by which it may be asked, besides addresses and localhost
     */
    public static Route route(Steering steering, Traffic traffic, Token token, Set<String> hosts) {
        return new Audit(new Doorkeeper(router(steering, traffic, token), token, hosts, ROOT));
    }

    static Router router(Steering steering, Traffic traffic, Token token) {
        Router router = new Router();
        Health.addTo(router, () -> !steering.isDraining());
        new Login(token).addTo(router, ROOT);
        new StatusRoutes(steering, traffic).addTo(router, ROOT);
        new ConnectionRoutes(steering.sessions()).addTo(router, ROOT);
        new LogRoutes(steering, traffic.recent(), request -> "{}").addTo(router, ROOT);
        return router;
    }
}
