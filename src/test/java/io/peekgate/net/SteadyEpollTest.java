package io.peekgate.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.IoEvent;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What reaches the kernel, with a kernel that only listens. */
@EnabledOnOs(OS.LINUX)
class SteadyEpollTest {
    private static final EpollIoOps IN = EpollIoOps.EPOLLIN;
    private static final EpollIoOps OUT = EpollIoOps.EPOLLOUT;
    private static final EpollIoOps BOTH = IN.with(OUT);
    private static final EpollIoOps EDGES = BOTH.with(EpollIoOps.EPOLLET);

    private final Kernel kernel = new Kernel();
    private final SteadyEpoll epoll = new SteadyEpoll(kernel);
    private FileDescriptor[] pipe;

    @BeforeEach
    void open() throws IOException {
        pipe = FileDescriptor.pipe();
    }

    @AfterEach
    void close() throws IOException {
        for (FileDescriptor end : pipe) {
            end.close();
        }
    }

    @Test
    void what_is_asked_for_in_one_turn_is_one_call_at_its_end() throws Exception {
        IoRegistration registration = epoll.register(new Owner());
        registration.submit(IN);
        registration.submit(OUT);
        registration.submit(BOTH);
        assertThat(kernel.calls).isEmpty();
        turn();
        turn();
        assertThat(kernel.calls).containsExactly(BOTH);
    }

    @Test
    void to_wait_for_less_is_told_when_an_event_comes_that_nobody_wants() throws Exception {
        Owner owner = new Owner();
        IoRegistration registration = epoll.register(owner);
        registration.submit(BOTH);
        turn();
        registration.submit(IN);
        turn();
        assertThat(kernel.calls).containsExactly(BOTH);

        kernel.tell(OUT);
        assertThat(kernel.calls).containsExactly(BOTH, IN);
        assertThat(owner.events).isEmpty();
        kernel.tell(BOTH);
        kernel.tell(IN);
        assertThat(owner.events).containsExactly(IN.value(), IN.value());
    }

    @Test
    void edges_that_are_asked_for_again_are_told_again() throws Exception {
        IoRegistration registration = epoll.register(new Owner());
        registration.submit(EDGES);
        turn();
        registration.submit(EDGES);
        turn();
        assertThat(kernel.calls).containsExactly(EDGES, EDGES);
    }

    @Test
    void a_descriptor_that_changes_hands_within_a_turn_is_not_taken_out() throws Exception {
        Owner before = new Owner();
        IoRegistration registration = epoll.register(before);
        registration.submit(IN);
        turn();
        Owner after = new Owner();
        assertThat(registration.cancel()).isTrue();
        IoRegistration next = epoll.register(after);
        next.submit(EDGES);
        turn();
        kernel.tell(IN);

        assertThat(kernel.cancelled).isFalse();
        assertThat(kernel.calls).containsExactly(IN, EDGES);
        assertThat(registration.submit(OUT)).isEqualTo(-1);
        assertThat(registration.cancel()).isFalse();
        assertThat(before.events).isEmpty();
        assertThat(after.events).containsExactly(IN.value());
    }

    @Test
    void a_descriptor_that_nobody_takes_over_is_given_up_at_the_end_of_the_turn() throws Exception {
        Owner owner = new Owner();
        IoRegistration registration = epoll.register(owner);
        registration.submit(IN);
        turn();
        registration.cancel();
        kernel.tell(IN);
        assertThat(kernel.cancelled).isFalse();
        turn();
        assertThat(kernel.cancelled).isTrue();
        assertThat(owner.events).isEmpty();
    }

    @Test
    void an_event_that_comes_before_anything_was_told_is_somebody_elses() throws Exception {
        Owner owner = new Owner();
        epoll.register(owner).submit(OUT);
        kernel.tell(BOTH);
        assertThat(owner.events).isEmpty();
        assertThat(kernel.calls).isEmpty();
    }

    @Test
    void whom_the_kernel_refuses_is_closed() throws Exception {
        Owner owner = new Owner();
        epoll.register(owner).submit(IN);
        kernel.refuses = true;
        turn();
        assertThat(owner.closed).isTrue();
    }

    private void turn() {
        epoll.run(null);
    }

    private final class Owner implements EpollIoHandle {
        private final List<Integer> events = new ArrayList<>();
        private boolean closed;

        @Override
        public FileDescriptor fd() {
            return pipe[0];
        }

        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            events.add(((EpollIoEvent) event).ops().value());
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** Remembers what it is told, and tells events to the one handle that it has. */
    private static final class Kernel implements IoHandler, IoRegistration {
        private final List<EpollIoOps> calls = new ArrayList<>();
        private IoHandle handle;
        private boolean cancelled;
        private boolean refuses;

        void tell(EpollIoOps ready) {
            handle.handle(this, (EpollIoEvent) () -> ready);
        }

        @Override
        public IoRegistration register(IoHandle registered) {
            handle = registered;
            return this;
        }

        @Override
        public long submit(IoOps ops) {
            if (refuses) {
                throw new UncheckedIOException(new IOException("ENOSPC"));
            }
            calls.add((EpollIoOps) ops);
            return 0;
        }

        @Override
        public boolean cancel() {
            cancelled = true;
            return true;
        }

        @Override
        public boolean isValid() {
            return !cancelled;
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals")
        public <T> T attachment() {
            return null;
        }

        @Override
        public int run(IoHandlerContext context) {
            return 0;
        }

        @Override
        public void prepareToDestroy() {}

        @Override
        public void destroy() {}

        @Override
        public void wakeup() {}

        @Override
        public boolean isCompatible(Class<? extends IoHandle> type) {
            return true;
        }
    }
}
