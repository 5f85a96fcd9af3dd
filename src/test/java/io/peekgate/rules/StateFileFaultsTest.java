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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
    private static final List<String> LATER_CALLS = List.of(
            "create",
            "write",
            "sync",
            "close",
            "remove",
            "link",
            "rename rules.json.previous",
            "rename rules.json",
            "syncDirectory");

    @TempDir
    private Path folder;

    private final FailingDisk disk = new FailingDisk();

    @Test
    void a_write_takes_these_calls() throws IOException {
        RuleStore store = store();
        add(store, "a.test");
        assertThat(disk.calls)
                .containsExactly("create", "write", "sync", "close", "rename rules.json", "syncDirectory");
        disk.calls.clear();
        add(store, "b.test");
        assertThat(disk.calls).containsExactlyElementsOf(LATER_CALLS);
    }

    @TestFactory
    Stream<DynamicTest> a_first_write_that_fails_leaves_no_rule_and_no_file() {
        return Stream.of("create", "write", "sync", "close", "rename rules.json", "syncDirectory")
                .map(call -> DynamicTest.dynamicTest(call, () -> {
                    Files.deleteIfExists(file(folder));
                    RuleStore store = store();
                    disk.failing.add(call);

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
        return LATER_CALLS.stream()
                .map(call -> DynamicTest.dynamicTest(call, () -> {
                    Files.deleteIfExists(file(folder));
                    RuleStore store = store();
                    add(store, "a.test");
                    add(store, "b.test");
                    String before = Files.readString(file(folder));
                    disk.failing.add(call);

                    assertThatThrownBy(() -> add(store, "c.test")).isInstanceOf(UncheckedIOException.class);

                    assertThat(decider(store, "c.test")).isEmpty();
                    assertThat(decider(store, "a.test")).contains("r1");
                    assertThat(file(folder)).hasContent(before);
                    assertThat(previous()).isRegularFile();
                    add(store, "d.test");
                    assertThat(ids(RuleStore.open(config(folder)))).containsExactly("r1", "r2", "r3");
                    assertThat(previous()).hasContent(before);
                }));
    }

    @Test
    void what_it_was_before_is_there_at_every_instant() throws IOException {
        RuleStore store = store();
        add(store, "a.test");
        add(store, "b.test");
        disk.beforeEach = () -> assertThat(previous()).isRegularFile();
        add(store, "c.test");
        disk.failing.add("syncDirectory");
        assertThatThrownBy(() -> add(store, "lost.test")).hasMessageContaining("nothing is changed");
        assertThat(add(store, "d.test").id()).isEqualTo("r4");
    }

    @TestFactory
    Stream<DynamicTest> a_write_that_can_neither_be_sure_of_nor_be_undone_says_that_the_file_holds_it() {
        return Stream.of("link", "rename rules.json")
                .map(call -> DynamicTest.dynamicTest(call, () -> {
                    Files.deleteIfExists(file(folder));
                    RuleStore store = store();
                    add(store, "a.test");
                    disk.failing.addAll(List.of("syncDirectory", call));

                    assertThatThrownBy(() -> add(store, "b.test"))
                            .isInstanceOf(UncheckedIOException.class)
                            .hasMessageContaining("rules.json holds a change that is not in force")
                            .hasMessageContaining("syncDirectory fails")
                            .hasMessageContaining(call + " fails")
                            .hasMessageNotContaining("nothing is changed");

                    assertThat(decider(store, "b.test")).isEmpty();
                    assertThat(ids(RuleStore.open(config(folder)))).containsExactly("r1", "r2");
                    assertThat(add(store, "c.test").id()).isEqualTo("r3");
                    assertThat(decider(store, "b.test")).contains("r2");
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
        disk.failing.add("write");
        add(store, "lost.test");
    }

    private Path previous() {
        return file(folder).resolveSibling("rules.json.previous");
    }

    private RuleStore store() throws IOException {
        ProxyConfig config = config(folder);
        RuleStore store = new RuleStore(config, disk);
        store.reload(config);
        return store;
    }

    /** Fails the calls that are named, once. */
    private static final class FailingDisk extends Disk {
        private final List<String> calls = new ArrayList<>();
        /** Each in its turn: the second, when the first has. */
        private final Deque<String> failing = new ArrayDeque<>();

        private Runnable beforeEach = () -> {};

        private void call(String name) throws IOException {
            beforeEach.run();
            calls.add(name);
            if (name.equals(failing.peek())) {
                failing.remove();
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
            call("rename " + to.getFileName());
            super.rename(from, to);
        }

        @Override
        void syncDirectory(Path directory) throws IOException {
            call("syncDirectory");
            super.syncDirectory(directory);
        }
    }
}
