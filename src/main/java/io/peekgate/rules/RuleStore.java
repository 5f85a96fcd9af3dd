package io.peekgate.rules;

import io.peekgate.config.ProxyConfig;
import io.peekgate.config.StoredRules;
import io.peekgate.route.Policy;
import io.peekgate.route.Rule;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The rules in force: those made at run time, which it keeps in the state file, before those of the configuration, which
 * it only reads. Each change makes a snapshot of a new generation. Readers never wait; writers take turns, and who has the
 * turn writes for all that wait, so that many edits share one write to the disk.
 */
public final class RuleStore {
    private final StateFile file;
    private final Queue<PendingEdit<?>> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock turn = new ReentrantLock();
    /** This and what follows is touched by who has the turn, but for reading {@code current}. */
    private ProxyConfig config;

    private Policy configured;
    private volatile Snapshot current;

    RuleStore(ProxyConfig config, Disk disk) {
        this.config = config;
        this.file = new StateFile(config.policy().stateFile(), disk);
    }

    /**
     * Reads the state file, compiles all rules and runs the policy's tests. Writes nothing.
     *
     * @throws InvalidRulesException naming all that is wrong with the rules, a test that fails with its trace, or where the
     *     state file is damaged
     * @throws UncheckedIOException if a file cannot be read
     */
    public static RuleStore open(ProxyConfig config) {
        RuleStore store = new RuleStore(config, new Disk());
        store.reload(config);
        return store;
    }

    /** The same for a store that shall be edited, which may mend rules that could not be opened as they are. */
    public static RuleStore toMend(ProxyConfig config) {
        return new RuleStore(config, new Disk());
    }

    /**
     * What the state file holds, even if it could not come into force.
     *
     * @throws InvalidRulesException if the file is damaged
     * @throws UncheckedIOException if it cannot be read
     */
    public static StoredRules stored(ProxyConfig config) {
        try {
            return new StateFile(config.policy().stateFile(), new Disk()).read();
        } catch (IOException e) {
            throw unreadable(config, e);
        }
    }

    /** The rules in force; never waits. */
    public Snapshot current() {
        return current;
    }

    /**
     * Changes the run-time rules. When this returns, the change is on the disk and in force; when it throws, neither is.
     * It may wait for the disk, so no event loop that carries connections may call it.
     *
     * @param edit is called once or more, by who has the turn; what it returns last is returned
     * @throws RuleEditException if the edit does not fit the rules as they are
     * @throws InvalidRulesException if the rules would not compile, or would fail a test of the policy
     * @throws UncheckedIOException if they cannot be stored; the message says so if they could not be taken back either
     */
    public <T> T edit(Function<Draft, T> edit) {
        PendingEdit<T> mine = new PendingEdit<>(edit);
        waiting.add(mine);
        while (!mine.isDone()) {
            if (turn.tryLock()) {
                try {
                    commit(takeWaiting());
                } finally {
                    passTurn();
                }
            } else {
                mine.await();
            }
        }
        return mine.result();
    }

    /** One of those that wait is enough: it takes the others' edits with it, and they need no turn of their own. */
    private void passTurn() {
        turn.unlock();
        PendingEdit<?> next = waiting.peek();
        if (next != null) {
            next.wake();
        }
    }

    /**
     * Takes over a configuration, and what others have written to the state file; that stays the one it was.
     *
     * @return what is in force then
     * @throws InvalidRulesException as {@link #open}, as the rest; then nothing has changed
     */
    public Snapshot reload(ProxyConfig next) {
        turn.lock();
        try {
            StoredRules stored = file.read();
            long generation = 1 + Math.max(stored.generation(), current == null ? 0 : current.generation());
            Policy compiled = PolicyCompiler.compile(next.policy(), generation);
            if (configured != null) {
                compiled.countOn(configured, kept(compiled, config.policy(), next.policy()));
            }
            Snapshot snapshot = snapshot(stored.in(generation), compiled, next, current);
            config = next;
            configured = compiled;
            current = snapshot;
            file.accept();
            return snapshot;
        } catch (IOException e) {
            throw unreadable(next, e);
        } finally {
            passTurn();
        }
    }

    /** The ids of the configuration's rules that are what and where they were. */
    private static Set<String> kept(Policy compiled, ProxyConfig.Policy before, ProxyConfig.Policy after) {
        int both = Math.min(before.rules().size(), after.rules().size());
        List<Rule> rules = compiled.rules();
        return IntStream.range(0, both)
                .filter(i -> before.rules().get(i).equals(after.rules().get(i)))
                .mapToObj(i -> rules.get(i).id())
                .collect(Collectors.toSet());
    }

    /** Whether somebody else has written the state file since; of each time it was written it tells once. */
    public boolean takeNews() {
        turn.lock();
        try {
            return file.takeNews();
        } finally {
            passTurn();
        }
    }

    private List<PendingEdit<?>> takeWaiting() {
        List<PendingEdit<?>> batch = new ArrayList<>();
        for (PendingEdit<?> next = waiting.poll(); next != null; next = waiting.poll()) {
            batch.add(next);
        }
        return batch;
    }

    /** Each of the batch is done or has failed after this. */
    private void commit(List<PendingEdit<?>> batch) {
        if (batch.isEmpty()) {
            return; // who had the turn before has done them
        }
        try (Closeable others = file.lock()) {
            Snapshot before = latest();
            Snapshot after = applied(batch, before);
            if (after.generation() != before.generation()) {
                file.write(after.rules());
                current = after;
            }
            batch.forEach(PendingEdit::succeed);
        } catch (Throwable e) { // who waits for a turn must not take silence for success
            batch.forEach(edit -> edit.fail(told(e)));
        }
    }

    private RuntimeException told(Throwable e) {
        String nothing = "cannot write " + file.name() + ", so nothing is changed: " + e;
        if (e instanceof StateFile.NotUndone half) {
            String what = " holds a change that is not in force before the next edit or reload: ";
            return new UncheckedIOException(file.name() + what + half.getMessage(), half);
        }
        if (e instanceof IOException io) {
            return new UncheckedIOException(nothing, io);
        }
        return e instanceof RuntimeException known ? known : new IllegalStateException(nothing, e);
    }

    /** What to change: the rules in force, or what others have made of the state file since, not yet judged. */
    private Snapshot latest() throws IOException {
        if (configured == null) {
            configured = PolicyCompiler.compile(config.policy(), 1);
        }
        if (current != null && !file.isStale()) {
            return current;
        }
        StoredRules stored = file.read();
        long generation = Math.max(stored.generation(), current == null ? 0 : current.generation());
        return new Snapshot(stored.in(generation), config.policy().rules(), configured);
    }

    /** All at once, if possible; else one by one, to find those that are wrong. */
    private Snapshot applied(List<PendingEdit<?>> batch, Snapshot before) {
        StoredRules rules = before.rules();
        for (PendingEdit<?> edit : batch) {
            rules = edit.apply(rules, file.name());
        }
        try {
            return rules.generation() == before.generation() ? before : snapshot(rules, configured, config, before);
        } catch (InvalidRulesException wrong) {
            if (batch.size() > 1) {
                Snapshot after = before;
                for (PendingEdit<?> edit : batch) {
                    after = applied(List.of(edit), after);
                }
                return after;
            }
            batch.get(0).fail(wrong);
            return before;
        }
    }

    /** @param before whose rules go on being counted, as far as they are the same; null: none */
    private static Snapshot snapshot(StoredRules stored, Policy configured, ProxyConfig config, Snapshot before) {
        boolean bare = stored.rules().isEmpty() && configured.generation() == stored.generation();
        Policy policy = bare ? configured : PolicyCompiler.compile(stored, configured);
        PolicyTests.run(policy, config);
        if (before != null && !bare) {
            policy.countOn(before.policy(), before.rules().idsAlsoIn(stored));
        }
        return new Snapshot(stored, config.policy().rules(), policy);
    }

    private static UncheckedIOException unreadable(ProxyConfig config, IOException e) {
        return new UncheckedIOException("cannot read " + config.policy().stateFile() + ": " + e, e);
    }
}
