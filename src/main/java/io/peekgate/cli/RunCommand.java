package io.peekgate.cli;

import io.peekgate.boot.Administration;
import io.peekgate.boot.Gateway;
import io.peekgate.boot.GatewaySteering;
import io.peekgate.boot.Metering;
import io.peekgate.boot.StateLock;
import io.peekgate.config.ConfigLoader.Loaded;
import io.peekgate.config.ProxyConfig;
import io.peekgate.report.AccessLog;
import io.peekgate.report.Format;
import io.peekgate.report.Logging;
import io.peekgate.report.MisuseWarnings;
import io.peekgate.report.SessionObserver;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code peekgate run}: the gateway, until SIGTERM or SIGINT, and then until it is drained. */
@Command(
        name = "run",
        description = "Run the gateway until SIGTERM or SIGINT, and then until its connections are over or"
                + " shutdown.grace is. Access lines go to standard output, everything else to standard error.")
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger("peekgate");

    @Mixin
    private ConfigOptions config;

    @Option(
            names = "--takeover",
            description = "Start although another gateway holds the state directory, to take its place.")
    private boolean takeover;

    @Option(
            names = "--watch",
            description = "Reload when a file of the configuration or of its rules changes; SIGHUP does so anyway.")
    private boolean watch;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Loaded all = config.loadAll();
        Path directory = all.config().stateDir();
        try {
            Optional<StateLock> free = StateLock.take(directory);
            if (free.isEmpty() && !takeover) {
                return refuse(ExitCode.ADDRESS_IN_USE, heldBy(directory));
            }
            try (StateLock lock = free.isPresent() ? free.get() : StateLock.takeLater(directory)) {
                return serve(all, lock);
            }
        } catch (IOException e) {
            return refuse(
                    ExitCode.NO_PERMISSION,
                    "cannot use the state directory " + directory + " (" + e
                            + "); set state-dir to one that can be written");
        }
    }

    private int serve(Loaded loaded, StateLock lock) throws InterruptedException {
        ProxyConfig config = loaded.config();
        ProxyConfig.Format wanted = config.log().format();
        try (Logging logging = Logging.start(
                        level(config), format(wanted, Terminal.isError()), new FileOutputStream(FileDescriptor.err));
                AccessLog access = new AccessLog(
                        new FileOutputStream(FileDescriptor.out), format(wanted, Terminal.isOutput()), lines(config));
                MisuseWarnings warnings = new MisuseWarnings();
                Metering metering = new Metering(config);
                Administration administration = new Administration(config.admin());
                Gateway gateway = Gateway.start(
                        config, SessionObserver.all(administration.beside(metering.beside(access, warnings))))) {
            StopSignal stop = StopSignal.listen();
            try (Reloads reloads = Reloads.begin(this.config::loadAll, loaded, gateway, watch, next -> {
                logging.setLevel(level(next));
                access.write(lines(next));
            })) {
                LOG.info(StartUp.line(config, gateway));
                metering.start(gateway, Version.number(), reloads.counts(access::lost));
                administration.start(new GatewaySteering(
                        Version.number(),
                        gateway,
                        reloads.reloader(),
                        access::lost,
                        () -> stop.ask("asked by the admin API")));
                LOG.info("Draining: {}", stop.await());
            }
            lock.close(); // from now on it is its successor's to be told of a reload
            gateway.drain().await();
            return ExitCode.FINE;
        }
    }

    private static String level(ProxyConfig config) {
        return config.log().level().name().toLowerCase(Locale.ROOT);
    }

    private static AccessLog.Access lines(ProxyConfig config) {
        return AccessLog.Access.valueOf(config.log().access().name());
    }

    private int refuse(int code, String message) {
        spec.commandLine().getErr().println("peekgate: " + message);
        return code;
    }

    private static String heldBy(Path directory) {
        return "another gateway holds " + directory + "; stop it, set another state-dir, or use --takeover";
    }

    private static Format format(ProxyConfig.Format format, boolean terminal) {
        return switch (format) {
            case AUTO -> terminal ? Format.TEXT : Format.JSON;
            case TEXT -> Format.TEXT;
            case JSON -> Format.JSON;
        };
    }
}
