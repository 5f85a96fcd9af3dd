package io.peekgate.cli;

import io.peekgate.demo.Answer;
import io.peekgate.model.SessionReport;
import io.peekgate.net.Addresses;
import io.peekgate.report.Format;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code peekgate demo}: every verdict in turn, on loopback, with real TLS; then a table. */
@Command(
        name = "demo",
        description =
                "Show every verdict in turn, with an embedded origin, DNS server and clients. It needs no network.")
final class DemoCommand implements Callable<Integer> {
    private static final int PATIENCE_SECONDS = 20;
    /** Where it stays up, so that the README's lines work as they stand. */
    private static final int KEPT_PORT = 8443;

    @Option(names = "--keep", description = "Stay up afterwards, on 127.0.0.1:8443, and print curl lines to try.")
    private boolean keep;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description =
                    "Where the kept gateway has its state, the admin token among it; a temporary folder unless told.")
    private Path state;

    @Spec
    private CommandSpec spec;

    private final BlockingQueue<SessionReport> reports = new LinkedBlockingQueue<>();
    private final List<Played> played = new ArrayList<>();

    /** A scene and what came of it. */
    private record Played(Scene scene, Answer answer, SessionReport report) {
        boolean isRight() {
            return report.reason() == scene.expected() && answer.text().contains(scene.sees());
        }

        String seen() {
            String text = answer.text().lines().findFirst().orElse("");
            String shown = text.replace("Received fatal alert: ", "TLS alert ").replaceFirst("^\\([a-z_]+\\) ", "");
            return answer.status().isPresent() ? "HTTP " + answer.status().getAsInt() : shown;
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try (DemoStage stage = new DemoStage(keep ? KEPT_PORT : 0, Optional.ofNullable(state), reports::add)) {
            out.println("Peekgate on " + Addresses.text(stage.address())
                    + ", an origin and a DNS server behind it, clients before it. Each verdict in turn:");
            for (Scene scene : Scene.all()) {
                play(scene, stage, out);
            }
            table(out);
            if (keep) {
                linger(stage, out);
            }
        }
        return played.stream().allMatch(Played::isRight) ? ExitCode.FINE : ExitCode.FAILED;
    }

    private void play(Scene scene, DemoStage stage, PrintWriter out) throws IOException, InterruptedException {
        Answer answer = scene.act().play(stage.client());
        SessionReport report = reports.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (report == null) {
            throw new IllegalStateException("no access line came for: " + scene.title());
        }
        played.add(new Played(scene, answer, report));
        out.println();
        out.println(Ansi.AUTO.string("@|bold " + played.size() + ". " + scene.title() + "|@"));
        out.println(Format.TEXT.line(report));
        out.flush();
    }

    private void table(PrintWriter out) {
        out.println();
        row(out, "the client sends", "action", "reason", "the client sees", "");
        for (Played play : played) {
            row(
                    out,
                    play.scene().title(),
                    play.report().reason().action().code(),
                    play.report().reason().code(),
                    play.seen(),
                    Ansi.AUTO.string(play.isRight() ? "@|green right|@" : "@|red WRONG|@"));
        }
        out.flush();
    }

    private static void row(PrintWriter out, Object... columns) {
        out.println(
                String.format(Locale.ROOT, "%-38s %-7s %-19s %-28s %s", columns).stripTrailing());
    }

    private void linger(DemoStage stage, PrintWriter out) throws IOException, InterruptedException {
        Path certificate = Files.createTempFile("peekgate-demo", ".pem");
        Files.writeString(certificate, stage.certificatePem());
        String gateway = Addresses.text(stage.address());
        String curl = "  curl --cacert " + certificate + " --connect-to ::" + gateway + " https://";
        out.println();
        out.println("Still up. Try these in another terminal; the lines appear here. Ctrl-C ends it.");
        out.println(curl + Scene.PASSES + "/");
        out.println(curl + Scene.DROPPED + "/");
        out.println("  curl -k https://" + gateway + "/");
        out.println("  curl -v -x http://" + gateway + " https://" + Scene.PASSES + "/");
        out.println("  curl http://" + gateway + "/");
        out.println("  curl http://" + DemoStage.METERS + "/metrics");
        out.println("Or look at the page, http://" + DemoStage.ADMIN + "/, which asks for the token "
                + Files.readString(stage.token()).strip());
        out.println();
        out.flush();
        tell(StopSignal.listen(), out);
        Files.deleteIfExists(certificate);
    }

    private void tell(StopSignal stop, PrintWriter out) throws InterruptedException {
        while (!stop.hasCome()) {
            SessionReport report = reports.poll(100, TimeUnit.MILLISECONDS);
            if (report != null) {
                out.println(Format.TEXT.line(report));
                out.flush();
            }
        }
    }
}
