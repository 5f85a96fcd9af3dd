package io.peekgate.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SweepTest {
    private final EventLoop loop = Transport.NIO.loops(1).next();
    private final Sweep sweep = new Sweep(loop, TimeUnit.MILLISECONDS.toNanos(1));

    @AfterEach
    void end() {
        loop.parent().shutdownGracefully(0, 10, TimeUnit.SECONDS);
    }

    @Test
    void what_is_watched_is_looked_at_again_and_again() throws Exception {
        assertThat(looks(3).await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void an_item_that_fails_does_not_end_the_watch_over_the_others() throws Exception {
        CountDownLatch looks = looks(3);
        onLoop(() -> sweep.add(now -> {
            throw new IllegalStateException("seeded");
        }));
        assertThat(looks.await(10, TimeUnit.SECONDS)).isTrue();
        CountDownLatch failedSince = looks(3);
        assertThat(failedSince.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void it_begins_anew_after_it_had_nothing_to_watch() throws Exception {
        CountDownLatch once = new CountDownLatch(1);
        AtomicReference<Sweep.Watch> watch = new AtomicReference<>();
        onLoop(() -> watch.set(sweep.add(now -> {
            watch.get().end();
            once.countDown();
        })));
        assertThat(once.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(looks(2).await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whoever_ends_takes_nobody_else_out_of_the_watch() throws Exception {
        List<Sweep.Watch> watches = new ArrayList<>();
        CountDownLatch ended = new CountDownLatch(3);
        CountDownLatch looks = looks(3);
        onLoop(() -> {
            for (int i = 0; i < 3; i++) {
                int number = i;
                watches.add(sweep.add(now -> {
                    watches.get(number).end();
                    watches.get(number).end();
                    ended.countDown();
                }));
            }
        });
        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        CountDownLatch later = looks(3);
        assertThat(looks.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(later.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private CountDownLatch looks(int count) throws Exception {
        CountDownLatch latch = new CountDownLatch(count);
        onLoop(() -> sweep.add(now -> latch.countDown()));
        return latch;
    }

    private void onLoop(Runnable task) throws Exception {
        loop.submit(task).get(10, TimeUnit.SECONDS);
    }
}
