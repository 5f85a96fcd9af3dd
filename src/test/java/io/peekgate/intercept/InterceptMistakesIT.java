package io.peekgate.intercept;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.testkit.ClientRun;
import io.peekgate.testkit.Jar;
import io.peekgate.testkit.Namespace;
import io.peekgate.testkit.RequiresNamespaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is in the way is named with its mend, and nothing is half applied. */
@RequiresNamespaces
class InterceptMistakesIT {
    private Namespace host;
    private String before;

    @BeforeEach
    void makeHost() throws IOException, InterruptedException {
        host = Namespace.create("host");
        before = Snapshot.of(host);
    }

    @AfterEach
    void closeHost() throws IOException, InterruptedException {
        host.close();
    }

    @ParameterizedTest
    @CsvSource({"nft, nftables, iptables", "iptables, iptables, nft"})
    void a_missing_tool(String tool, String pack, String other) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "sh", "-c", "mount --bind /dev/null $(readlink -f /usr/sbin/" + tool + ") && exec \"$@\"", "sh"));
        command.addAll(Jar.command("intercept", "apply", "--mode", "gateway", "--" + tool));

        ClientRun run = host.exec(command.toArray(String[]::new));

        refused(run, 1, tool + " is not installed; install the package " + pack + ", or use --" + other);
    }

    @Test
    void a_missing_right(@TempDir Path directory) throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path jar = Files.copy(Jar.FILE, directory.resolve("peekgate.jar"));
        Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--r--"));
        for (String verb : List.of("apply", "verify", "remove")) {
            List<String> command = new ArrayList<>(List.of("setpriv", "--reuid", "65534", "--clear-groups"));
            command.addAll(Jar.command(jar, "intercept", verb, "--mode", "gateway"));

            refused(host.exec(command.toArray(String[]::new)), 77, "CAP_NET_ADMIN is missing; run it as root");
        }
    }

    @Test
    void an_unknown_interface() throws Exception {
        refused(apply("gateway", "--interface", "nowhere0"), 1, "there is no interface nowhere0 here; see: ip link");
    }

    @Test
    void a_foreign_table_of_the_same_name() throws Exception {
        host.run("nft", "table inet peekgate { chain theirs { accept; }; }");
        before = Snapshot.of(host);

        refused(apply("tproxy", "--nft"), 1, "the nftables table \"inet peekgate\" is not of Peekgate");
        assertThat(host.jar("intercept", "remove").exit()).isZero();
        assertThat(Snapshot.of(host)).isEqualTo(before);
    }

    @Test
    void a_foreign_chain_of_the_same_name() throws Exception {
        host.run("sh", "-ec", "ip6tables -t nat -N PEEKGATE-GATEWAY; ip6tables -t nat -A PEEKGATE-GATEWAY -j RETURN");
        before = Snapshot.of(host);

        refused(apply("gateway", "--iptables"), 1, "the ip6tables chain PEEKGATE-GATEWAY is not of Peekgate");
        assertThat(host.jar("intercept", "remove").exit()).isZero();
        assertThat(Snapshot.of(host)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"nft, nft, -f", "iptables, ip6tables-restore, -w"})
    void a_step_that_fails_takes_the_ones_before_it_back(String dialect, String tool, String use, @TempDir Path tools)
            throws Exception {
        breakTool(tools, tool, use, "no room");

        refused(applyWith(tools, "tproxy", "--" + dialect), 1, "no room");
    }

    @Test
    void a_step_that_fails_and_cannot_be_taken_back(@TempDir Path tools) throws Exception {
        breakTool(tools, "ip6tables-restore", "-w", "no room");
        breakTool(tools, "iptables", "-F", "too busy");

        ClientRun run = applyWith(tools, "gateway", "--iptables");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo(
                        "peekgate: no room; some of it is in place and cannot be taken back: too busy; mend that, then:"
                                + " peekgate intercept remove\n");
        assertThat(Snapshot.of(host)).isNotEqualTo(before);
        assertThat(host.jar("intercept", "remove").exit()).isZero();
        assertThat(Snapshot.of(host)).isEqualTo(before);
    }

    /** A tool of this name that fails where this is among its words, and else does as the true one. */
    private static void breakTool(Path tools, String tool, String word, String complaint) throws IOException {
        String broken = "#!/bin/sh\ncase \" $* \" in *\" " + word + " \"*) echo " + complaint + " >&2; exit 1; esac\n"
                + "exec /usr/sbin/" + tool + " \"$@\"\n";
        Path file = Files.writeString(tools.resolve(tool), broken);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private ClientRun applyWith(Path tools, String mode, String dialect) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("env", "PATH=" + tools + ":" + System.getenv("PATH")));
        command.addAll(Jar.command("intercept", "apply", "--mode", mode, dialect));
        return host.exec(command.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({
        "--mode sidecar, would come back to it",
        "--mode gateway --exempt-uid 5, forwarded packets have no user",
        "--mode gateway --ports 0, write 1 to 15 ports",
        "--mode gateway --to 70000, is no port",
        "--mode gateway --interface a;b, is no interface's name",
        "--mode gateway --exclude nonsense, is no address block",
        "--mode tproxy --exempt-mark 0x7067, is what marks intercepted packets",
        "--to 8443, write --mode gateway"
    })
    void wrong_usage(String options, String complaint) throws Exception {
        List<String> words = new ArrayList<>(List.of("intercept", "print"));
        words.addAll(List.of(options.split(" ")));

        refused(Jar.run(words.toArray(String[]::new)), 2, complaint);
    }

    private ClientRun apply(String mode, String... options) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("intercept", "apply", "--mode", mode));
        words.addAll(List.of(options));
        return host.jar(words.toArray(String[]::new));
    }

    private void refused(ClientRun run, int code, String complaint) throws IOException, InterruptedException {
        assertThat(run.err()).startsWith("peekgate: ").contains(complaint).doesNotContain("\tat ");
        assertThat(run.exit()).isEqualTo(code);
        assertThat(Snapshot.of(host)).isEqualTo(before);
    }
}
