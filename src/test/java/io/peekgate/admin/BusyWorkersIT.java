package io.peekgate.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peekgate.testkit.AdminGateway;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who only looks does not wait for what takes long. */
@Timeout(60)
class BusyWorkersIT {
    private final ExecutorService others = Executors.newCachedThreadPool();

    @TempDir
    private Path directory;

    @AfterEach
    void stop() {
        others.shutdown();
    }

    @Test
    void those_that_wait_for_dns_leave_workers_to_the_rest() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                AdminGateway gateway = new AdminGateway(
                        directory,
                        "policy.default-action=passthrough",
                        "dns.timeout=5s",
                        "dns.attempts=1",
                        "dns.servers=[\"127.0.0.1:" + silent.getLocalPort() + "\"]")) {
            List<Future<HttpResponse<String>>> explained = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                explained.add(others.submit(
                        () -> gateway.send("POST", "/explain", "{\"sni\":\"a.example\",\"resolve\":true}")));
            }
            await().until(() -> explained.stream().filter(Future::isDone).count() == 2);
            assertThat(gateway.get("/status").statusCode()).isEqualTo(200);
            assertThat(gateway.send("POST", "/explain", "{\"sni\":\"a.example\"}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(explained).filteredOn(Future::isDone).hasSize(2).allSatisfy(answer -> {
                assertThat(answer.get().statusCode()).isEqualTo(503);
                assertThat(answer.get().headers().firstValue("retry-after")).isPresent();
            });
            for (Future<HttpResponse<String>> each : explained) {
                each.get();
            }
            assertThat(gateway.send("POST", "/config:check", "").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void what_is_in_force_is_told_while_a_reload_is_under_way() throws Exception {
        try (AdminGateway gateway = new AdminGateway(directory)) {
            CountDownLatch held = new CountDownLatch(1);
            Thread reload =
                    new Thread(() -> gateway.gateway().reload(gateway.gateway().config()));
            Future<?> edit = others.submit(() -> gateway.gateway().rules().edit(draft -> {
                reload.start();
                return awaited(held);
            }));
            await().until(() -> reload.getState() == Thread.State.WAITING);
            Future<List<Integer>> answers = others.submit(() -> List.of(
                    gateway.get("/status").statusCode(),
                    gateway.get("/config").statusCode(),
                    gateway.send("POST", "/explain", "{\"sni\":\"a.test\"}").statusCode()));
            try {
                assertThat(answers).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(List.of(200, 200, 200));
            } finally {
                held.countDown();
            }
            edit.get();
            reload.join();
        }
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
