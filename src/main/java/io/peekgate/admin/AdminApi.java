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
     * @param page whether there is the page, too
     */
    public static Route route(Steering steering, Traffic traffic, Token token, Set<String> hosts, boolean page) {
        Router router = router(steering, traffic, token);
        if (page) {
            PageFiles.addTo(router);
        }
        Route changing = new LateChanges(router, steering::isDraining, ROOT);
        return new Audit(new Doorkeeper(changing, token, hosts, ROOT));
    }

    /** All but the page. */
    static Router router(Steering steering, Traffic traffic, Token token) {
        Router router = new Router();
        SlowCalls slow = new SlowCalls();
        RuleLanguage language = new RuleLanguage(steering);
        Health.addTo(router, () -> !steering.isDraining());
        new Login(token).addTo(router, ROOT);
        new StatusRoutes(steering, traffic).addTo(router, ROOT);
        new ConnectionRoutes(steering).addTo(router, ROOT);
        new LogRoutes(steering, traffic.recent()).addTo(router, ROOT);
        new ExplainRoutes(steering, slow).addTo(router, ROOT);
        new RuleRoutes(steering, language, new BulkRules(steering, language, traffic.recent()::names), ROOT)
                .addTo(router);
        new RuleBatchRoutes(steering, language).addTo(router, ROOT);
        new ProposalRoute(traffic.recent()).addTo(router, ROOT);
        new ConfigRoutes(steering, slow).addTo(router, ROOT);
        OpenApi.addTo(router, ROOT);
        return router;
    }
}
