package io.peekgate.rules;

import static io.peekgate.rules.Stores.add;
import static io.peekgate.rules.Stores.config;
import static io.peekgate.rules.Stores.decider;
import static io.peekgate.rules.Stores.file;
import static io.peekgate.rules.Stores.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peekgate.config.ProxyConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Each system call of a write fails once, be it the first write or a later one. */
class StateFileFaultsTest {
    @TempDir
    private Path folder;

    private final FailingDisk disk = new FailingDisk();

    @Test
    void a_write_takes_these_calls() throws IOException {
        RuleStore store = store();
        add(store, "a.test");
        assertThat(disk.calls).containsExactly("create", "write", "sync", "close", "remove", "rename", "syncDirectory");
        disk.calls.clear();
        add(store, "b.test");
        assertThat(disk.calls)
                .containsExactly("create", "write", "sync", "close", "remove", "link", "rename", "syncDirectory");
    }

    @TestFactory
    Stream<DynamicTest> a_first_write_that_fails_leaves_no_rule_and_no_file() {
        return Stream.of("create", "write", "sync", "close", "remove", "rename", "syncDirectory")
                .map(call -> DynamicTest.dynamicTest(call, () -> {
                    Files.deleteIfExists(file(folder));
                    RuleStore store = store();
                    disk.failing = call;

                    assertThatThrownBy(() -> add(store, "a.test"))
                            .isInstanceOf(UncheckedIOException.class)
                            .hasMessageContaining("nothing is changed")
                            .hasMessageContaining(call);

                    assertThat(ids(store)).isEmpty();
                    assertThat(file(folder)).doesNotExist();
                    assertThat(add(store, "a.test").id()).isEqualTo("r1");
                }));
    }

    @TestFactory
    Stream<DynamicTest> a_later_write_that_fails_leaves_the_rules_as_they_were_in_force_and_on_disk() {
        return Stream.of("create", "write", "sync", "close", "remove", "link", "rename", "syncDirectory")
                .map(call -> DynamicTest.dynamicTest(call, () -> {
                    Files.deleteIfExists(file(folder));
                    RuleStore store = store();
                    add(store, "a.test");
                    String before = Files.readString(file(folder));
                    disk.failing = call;

                    assertThatThrownBy(() -> add(store, "b.test")).isInstanceOf(UncheckedIOException.class);

                    assertThat(decider(store, "b.test")).isEmpty();
                    assertThat(decider(store, "a.test")).contains("r1");
                    assertThat(file(folder)).hasContent(before);
                    add(store, "c.test");
                    assertThat(ids(RuleStore.open(config(folder)))).containsExactly("r1", "r2");
                }));
    }

    @TestFactory
    Stream<DynamicTest> what_another_process_wrote_is_not_lost_after() {
        Map<String, ThrowingConsumer<RuleStore>> failures = Map.of(
                "a write that fails", this::failToWrite,
                "an edit that is refused", store -> store.edit(draft -> draft.remove("r9")),
                "a rule that is refused", store -> add(store, "a b"),
                "a reload that is refused", store -> store.reload(config(folder, "rules = [ { match = \"a b\" } ]")));
        return failures.entrySet().stream()
                .map(failing -> DynamicTest.dynamicTest(failing.getKey(), () -> {
                    Files.deleteIfExists(file(folder));
                    RuleStore store = store();
                    add(store, "a.test");
                    add(RuleStore.open(config(folder)), "b.test");

                    assertThatThrownBy(() -> failing.getValue().accept(store)).isInstanceOf(RuntimeException.class);

                    add(store, "c.test");
                    assertThat(ids(RuleStore.open(config(folder)))).containsExactly("r1", "r2", "r3");
                }));
    }

    private void failToWrite(RuleStore store) {
        disk.failing = "write";
        add(store, "lost.test");
    }

    private RuleStore store() throws IOException {
        ProxyConfig config = config(folder);
        RuleStore store = new RuleStore(config, disk);
        store.reload(config);
        return store;
    }

    /** Fails the call that is named, once. */
    private static final class FailingDisk extends Disk {
        private final List<String> calls = new ArrayList<>();
        private String failing = "";

        private void call(String name) throws IOException {
            calls.add(name);
            if (failing.equals(name)) {
                failing = "";
                throw new IOException(name + " fails for this test");
            }
        }

        @Override
        Output create(Path file) throws IOException {
            call("create");
            Output real = super.create(file);
            return new Output() {
                @Override
                public void write(ByteBuffer bytes) throws IOException {
                    bytes.limit(bytes.limit() / 2); // what a full disk does
                    real.write(bytes);
                    call("write");
                    bytes.limit(bytes.capacity());
                    real.write(bytes);
                }

                @Override
                public void sync() throws IOException {
                    call("sync");
                    real.sync();
                }

                @Override
                public void close() throws IOException {
                    real.close();
                    call("close");
                }
            };
        }

        @Override
        void remove(Path file) throws IOException {
            call("remove");
            super.remove(file);
        }

        @Override
        void link(Path from, Path to) throws IOException {
            call("link");
            super.link(from, to);
        }

        @Override
        void rename(Path from, Path to) throws IOException {
            call("rename");
            super.rename(from, to);
        }

        @Override
        void syncDirectory(Path directory) throws IOException {
            call("syncDirectory");
            super.syncDirectory(directory);
        }
    }
}
