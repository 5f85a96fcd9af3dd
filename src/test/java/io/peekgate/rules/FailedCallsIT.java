package io.peekgate.rules;

import static io.peekgate.rules.Stores.config;
import static io.peekgate.rules.Stores.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.peekgate.config.StateJson;
import io.peekgate.config.StoredRules;
import io.peekgate.testkit.RequiresClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store alone in a process of its own, in which strace lets each system call of an edit fail once. */
@RequiresClient("strace")
class FailedCallsIT {
    private static final Pattern CALL = Pattern.compile("\\d+ +(\\w+)\\(.*");
    /** Without any of these the file is not replaced for certain; other calls may fail before that, or after. */
    private static final Set<String> NEEDED = Set.of("openat", "write", "fsync", "link", "unlink", "rename");

    @TempDir
    private Path folder;

    private Process store;
    private BufferedReader answers;
    private StoredRules known = StoredRules.NONE;

    @BeforeEach
    void start() throws IOException {
        store = StoreVictim.start(folder, Redirect.PIPE, Redirect.PIPE);
        answers = store.inputReader();
    }

    @AfterEach
    void end() throws InterruptedException {
        store.destroyForcibly().waitFor();
    }

    @Test
    void whichever_call_of_the_first_write_fails_there_is_no_rule_or_it_was_acknowledged() throws Exception {
        for (Fault fault : faultsOf(this::empty)) {
            empty();
            failOnce(fault);
        }
    }

    @Test
    void whichever_call_of_a_later_write_fails_nothing_acknowledged_is_lost_and_nothing_refused_is_kept()
            throws Exception {
        edit();
        for (Fault fault : faultsOf(() -> {})) {
            failOnce(fault);
        }
    }

    /** The calls of an edit, each of which is to fail. */
    private List<Fault> faultsOf(Preparation before) throws Exception {
        edit(); // the first one loads classes
        before.run();
        List<String> calls = calls(traced("", this::edit));
        assertThat(calls).contains("openat", "write", "fsync", "rename", "close");
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            String call = calls.get(i);
            faults.add(new Fault(
                    call,
                    1 + (int) calls.subList(0, i).stream().filter(call::equals).count()));
        }
        return faults;
    }

    private void failOnce(Fault fault) throws Exception {
        StoredRules before = known;
        List<String> trace = traced(fault.injection(), this::edit);
        assertThat(NEEDED.contains(fault.call()) && !known.equals(before))
                .as("acknowledged in spite of %s", fault)
                .isFalse();
        assertThat(trace)
                .as("%s", fault)
                .filteredOn(call -> call.contains("(INJECTED)"))
                .hasSize(1);
        assertThat(edit()).as("the edit after %s", fault).matches("r\\d+");
    }

    /** Adds a rule and holds what the store says of it against what the file has then. */
    private String edit() throws IOException {
        store.getOutputStream().write('a');
        store.getOutputStream().flush();
        String answer = answers.readLine();
        StoredRules found = RuleStore.stored(config(folder));
        if (answer.startsWith("r")) {
            assertThat(answer).isEqualTo("r" + (known.lastId() + 1)).isEqualTo("r" + found.lastId());
            assertThat(found.rules()).hasSize(known.rules().size() + 1);
            assertThat(found.rules().subList(0, known.rules().size())).isEqualTo(known.rules());
        } else {
            assertThat(answer).startsWith("cannot write " + file(folder) + ", so nothing is changed: ");
            assertThat(found).as(answer).isEqualTo(known);
        }
        assertThatCode(this::readPrevious).doesNotThrowAnyException();
        known = found;
        return answer;
    }

    private void readPrevious() throws IOException {
        Path previous = beside(".previous");
        if (Files.exists(previous)) {
            StateJson.read(Files.readString(previous), "previous");
        }
    }

    private void empty() throws IOException {
        Files.deleteIfExists(file(folder));
        Files.deleteIfExists(beside(".previous"));
        known = StoredRules.NONE;
    }

    private Path beside(String suffix) {
        return file(folder).resolveSibling("rules.json" + suffix);
    }

    /** What the store's process asks of the kernel meanwhile about its files. */
    private List<String> traced(String injection, Step step) throws Exception {
        Path trace = folder.resolve("trace");
        List<String> command =
                new ArrayList<>(List.of("strace", "-f", "-p", Long.toString(store.pid()), "-o", trace.toString()));
        Stream.of(folder, file(folder), beside(".next"), beside(".previous"), beside(".spare"), beside(".lock"))
                .forEach(path -> command.addAll(List.of("-P", path.toString())));
        if (!injection.isEmpty()) {
            command.addAll(List.of("-e", "inject=" + injection));
        }
        Process strace = new ProcessBuilder(command).start();
        try {
            String attached = strace.errorReader().readLine();
            assumeTrue(attached.contains("attached"), attached);
            step.run();
        } finally {
            strace.destroy(); // then it lets go of the process
            strace.waitFor();
        }
        return Files.readAllLines(trace);
    }

    private static List<String> calls(List<String> trace) {
        return trace.stream()
                .map(CALL::matcher)
                .filter(Matcher::matches)
                .map(call -> call.group(1))
                .toList();
    }

    private record Fault(String call, int occurrence) {
        String injection() {
            return call + ":error=EIO:when=" + occurrence;
        }
    }

    private interface Preparation {
        void run() throws IOException;
    }

    private interface Step {
        void run() throws Exception;
    }
}
