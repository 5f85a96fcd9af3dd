package io.peekgate.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peekgate.model.CloseReason;
import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Many relays on one event loop neither mix nor leak nor burn. */
interface CrowdContract extends RelayLab {

    @Test
    default void five_hundred_at_once_get_no_foreign_byte() throws Exception {
        List<Wire> wires = open(500);
        for (int round = 0; round < 8; round++) {
            for (int i = 0; i < wires.size(); i++) {
                wires.get(i).client.send(RelayLab.noise(10 * i + round, 3000));
                wires.get(i).server.send(RelayLab.noise(-10 * i - round, 3000));
            }
        }
        for (int i = 0; i < wires.size(); i++) {
            for (int round = 0; round < 8; round++) {
                End.assertSame(wires.get(i).server.receiveBytes(3000), RelayLab.noise(10 * i + round, 3000));
                End.assertSame(wires.get(i).client.receiveBytes(3000), RelayLab.noise(-10 * i - round, 3000));
            }
        }
    }

    @Test
    default void half_closed_pairs_burn_no_cpu() throws Exception {
        Loopback loopback = loopback(Loopback.PATIENT);
        for (int i = 0; i < 200; i++) {
            halfClose(loopback.wire().relay(), i % 4);
        }
        assertThat(loopback.leastCpuInASecond()).isLessThan(Duration.ofMillis(200));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    default void after_five_hundred_connections_no_descriptor_is_left() throws Exception {
        Loopback loopback = loopback(Loopback.PATIENT);
        endSomehow(loopback.wire().relay("hello"), 0);
        await().until(loopback::holdsNoSocket);
        int before = descriptors();
        for (int i = 0; i < 500; i++) {
            endSomehow(loopback.wire().relay("hello"), i % 4);
        }
        await().until(loopback::holdsNoSocket);
        await().untilAsserted(() -> assertThat(descriptors()).isLessThanOrEqualTo(before));
    }

    private List<Wire> open(int count) throws Exception {
        Loopback loopback = loopback(Loopback.PATIENT);
        List<Wire> wires = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            wires.add(loopback.wire().relay());
        }
        return wires;
    }

    /** One side ends; in every second pair it goes away altogether then, which the relay need not hear of. */
    private static void halfClose(Wire wire, int how) throws Exception {
        End ending = how < 2 ? wire.client : wire.server;
        End other = how < 2 ? wire.server : wire.client;
        ending.fin();
        assertThat(other.drain()).isEmpty();
        if (how % 2 == 1) {
            ending.reset();
        }
    }

    private static void endSomehow(Wire wire, int how) throws Exception {
        assertThat(wire.server.receive(5)).isEqualTo("hello");
        switch (how) {
            case 0 -> wire.close();
            case 1 -> wire.client.reset();
            case 2 -> wire.server.reset();
            default -> wire.stop(CloseReason.SHUTDOWN);
        }
        wire.end();
        wire.close();
    }

    private static int descriptors() {
        return new File("/proc/self/fd").list().length;
    }
}
