package io.peekgate.admin;

import io.peekgate.model.CloseReason;
import io.peekgate.model.ServerName;
import io.peekgate.model.SessionReport;
import io.peekgate.net.Addresses;
import io.peekgate.report.RecentSessions;
import io.peekgate.rules.Proposal;
import java.util.List;
import java.util.Optional;

/** Rules for the connections that passed of late. */
final class ProposalRoute {
    private static final String FOLD = "fold";
    private static final int USUAL = 4;
    private static final int MOST = 1_000;

    private final RecentSessions recent;

    ProposalRoute(RecentSessions recent) {
        this.recent = recent;
    }

    void addTo(Router router, String api) {
        router.get(api + "/propose", this::propose, FOLD);
    }

    private Answer propose(Call call) {
        Proposal proposal = new Proposal(call.query().number(FOLD, 2, MOST, USUAL));
        List<SessionReport> seen = recent.newestFirst().toList();
        long told = seen.stream().filter(report -> tell(report, proposal)).count();
        return Answer.text(proposal.text(seen.size() - told));
    }

    private static boolean tell(SessionReport report, Proposal proposal) {
        Optional<ServerName> name = report.hello()
                .flatMap(hello -> hello.serverName())
                .filter(any -> report.reason().action() == CloseReason.Action.PASS);
        name.ifPresent(seen ->
                proposal.saw(seen.value(), Addresses.text(report.source().getAddress()), report.wouldDrop()));
        return name.isPresent();
    }
}
