package io.peekgate.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

@RequiresNamespaces
class NamespaceIT {
    @Test
    void a_router_carries_both_families_between_its_neighbours() throws Exception {
        try (Namespace client = Namespace.create("client");
                Namespace gateway = Namespace.create("gateway");
                Namespace server = Namespace.create("server")) {
            Link left = client.link(gateway, 1);
            Link right = gateway.link(server, 2);
            gateway.forward();
            client.defaultVia(left.far4(), left.far6());
            server.defaultVia(right.near4(), right.near6());
            JarProcess origin = server.start(
                    List.of("openssl", "s_server", "-accept", "4433", "-nocert", "-cipher", "aNULL", "-tls1_2"));
            origin.awaitOut(line -> line.contains("ACCEPT"));

            assertThat(greeting(client, right.far4() + ":4433")).contains("CONNECTED");
            assertThat(greeting(client, "[" + right.far6() + "]:4433")).contains("CONNECTED");
        }
    }

    @Test
    void nothing_of_it_is_left() throws Exception {
        String before = Shell.run("ip netns; ip -o link | wc -l");
        JarProcess sleeper;
        String name;
        try (Namespace one = Namespace.create("one");
                Namespace two = Namespace.create("two")) {
            name = one.name();
            one.link(two, 1);
            one.nameserver("127.0.0.1");
            sleeper = one.start(List.of("sleep", "600"));
            one.run("sh", "-c", "sleep 601 >/dev/null 2>&1 &");
            assertThat(Shell.run("ip netns")).contains(name);
        }

        assertThat(Shell.run("ip netns; ip -o link | wc -l")).isEqualTo(before);
        assertThat(ProcessHandle.of(sleeper.pid())).isEmpty();
        assertThat(Path.of("/etc/netns", name)).doesNotExist();
    }

    @Test
    void it_goes_even_if_one_of_its_processes_cannot_be_closed() throws Exception {
        Namespace host = Namespace.create("host");
        JarProcess first = host.start(List.of("sleep", "600"));
        host.closes(() -> {
            throw new IOException("cannot be closed");
        });

        assertThatThrownBy(host::close).hasMessage("cannot be closed");

        assertThat(ProcessHandle.of(first.pid())).isEmpty();
        assertThat(Shell.run("ip netns")).doesNotContain(host.name());
    }

    @Test
    void tells_what_a_failing_command_said() throws IOException, InterruptedException {
        try (Namespace host = Namespace.create("host")) {
            assertThat(host.exec("sh", "-c", "echo out; exit 3")).isEqualTo(new ClientRun(3, "out\n", ""));
            assertThatThrownBy(() -> host.run("ip", "link", "show", "nowhere"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("nowhere");
        }
    }

    private static String greeting(Namespace from, String to) throws IOException, InterruptedException {
        return from.exec("openssl", "s_client", "-connect", to, "-cipher", "aNULL", "-tls1_2")
                .out();
    }
}
