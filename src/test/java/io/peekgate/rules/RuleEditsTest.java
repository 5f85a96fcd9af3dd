package io.peekgate.rules;

import static io.peekgate.rules.Stores.add;
import static io.peekgate.rules.Stores.config;
import static io.peekgate.rules.Stores.decide;
import static io.peekgate.rules.Stores.decider;
import static io.peekgate.rules.Stores.drop;
import static io.peekgate.rules.Stores.file;
import static io.peekgate.rules.Stores.ids;
import static io.peekgate.rules.Stores.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.peekgate.config.ProxyConfig;
import io.peekgate.config.StoredRule;
import io.peekgate.route.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What edits do to the rules of a running gateway. */
class RuleEditsTest {
    @TempDir
    private Path folder;

    @Test
    void an_id_is_never_given_twice() throws IOException {
        RuleStore store = store();
        add(store, "a.test");
        StoredRule second = add(store, "b.test");
        store.edit(draft -> draft.remove(second.id()));

        assertThat(add(store(), "c.test").id()).isEqualTo("r3");
    }

    @Test
    void a_rule_is_moved_replaced_and_removed() throws IOException {
        RuleStore store = store();
        add(store, "a.test");
        add(store, "b.test");
        add(store, "c.test");

        store.edit(draft -> draft.move("r3", Optional.of("r1")));
        assertThat(ids(store)).containsExactly("r3", "r1", "r2");
        store.edit(draft -> draft.move("r3", Optional.empty()));
        assertThat(ids(store)).containsExactly("r1", "r2", "r3");
        store.edit(draft -> draft.replace("r2", drop("d.test")));
        assertThat(decider(store, "d.test")).contains("r2");
        assertThat(decider(store, "b.test")).isEmpty();
        store.edit(draft -> draft.remove("r1"));
        assertThat(ids(store())).containsExactly("r2", "r3");
    }

    @Test
    void the_policy_before_an_edit_stays_as_it_was() throws IOException {
        RuleStore store = store();
        Policy before = store.current().policy();

        add(store, "a.test");

        assertThat(decide(before, "a.test").rule()).isEmpty();
        assertThat(decide(before, "a.test").generation()).isEqualTo(1);
    }

    @Test
    void a_rule_goes_on_being_counted_over_edits_of_others_and_reloads_but_not_of_its_own() throws IOException {
        RuleStore store = store();
        add(store, "a.test");
        add(store, "b.test");
        decide(store.current().policy(), "a.test");
        store.edit(draft -> draft.move("r2", Optional.of("r1")));
        decide(store.current().policy(), "a.test");
        store.reload(config(folder));
        assertThat(store.current().policy().hits(1)).isEqualTo(2);
        store.edit(draft -> draft.replace("r1", drop("c.test")));
        assertThat(store.current().policy().hits(1)).isZero();
    }

    @Test
    void an_edit_of_a_rule_that_somebody_else_has_changed_is_refused() throws IOException {
        RuleStore store = store();
        StoredRule rule = add(store, "a.test");
        store.edit(draft -> draft.replace(rule.id(), drop("b.test")));

        RuleEditException late = catchThrowableOfType(
                RuleEditException.class,
                () -> store.edit(draft -> {
                    draft.expect(rule.id(), rule.version());
                    return draft.remove(rule.id());
                }));

        assertThat(late.kind()).isEqualTo(RuleEditException.Kind.CHANGED);
        assertThat(late).hasMessage("rule r1 is of version 3 now, not 2");
        assertThat(ids(store)).containsExactly("r1");
        assertThatThrownBy(() -> store.edit(draft -> {
                    draft.expect(2);
                    return draft.remove("r1");
                }))
                .hasMessage("the rules are of generation 3 now, not 2");
    }

    @Test
    void an_edit_that_changes_nothing_makes_no_generation() throws IOException {
        RuleStore store = store();
        add(store, "a.test");
        Snapshot before = store.current();

        store.edit(draft -> draft.move("r1", Optional.empty()));

        assertThat(store.current()).isSameAs(before);
    }

    @Test
    void an_edit_that_fails_half_way_leaves_nothing_behind() throws IOException {
        RuleStore store = store();

        assertThatThrownBy(() -> store.edit(draft -> {
                    draft.add(drop("a.test"));
                    return draft.remove("r9");
                }))
                .hasMessage("there is no rule r9 among those made at run time");

        assertThat(store.current().generation()).isEqualTo(1);
        assertThat(file(folder)).doesNotExist();
    }

    @Test
    void a_pattern_that_is_none_is_refused_with_its_mend() throws IOException {
        RuleStore store = store();

        assertThatThrownBy(() -> add(store, "https://a.test"))
                .isInstanceOf(InvalidRulesException.class)
                .hasMessageContaining("it has a slash; write the host name alone");

        assertThat(ids(store)).isEmpty();
    }

    @Test
    void of_edits_that_wait_together_the_wrong_one_alone_is_refused() throws Exception {
        RuleStore store = store();
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        FutureTask<StoredRule> first = new FutureTask<>(() -> store.edit(draft -> {
            writing.countDown();
            assertThatCode(goOn::await).doesNotThrowAnyException();
            return draft.add(drop("a.test"));
        }));
        new Thread(first).start();
        writing.await();
        List<FutureTask<StoredRule>> behind = Stream.of("b.test", "a b", "c.test")
                .map(name -> new FutureTask<>(() -> add(store, name)))
                .toList();
        List<Thread> waiting = behind.stream().map(Thread::new).toList();
        waiting.forEach(Thread::start);
        await().until(() -> waiting.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
        goOn.countDown();

        String second = behind.get(0).get().id();
        String third = behind.get(2).get().id();
        assertThatThrownBy(behind.get(1)::get).hasRootCauseInstanceOf(InvalidRulesException.class);
        assertThat(decider(store, "b.test")).contains(second);
        assertThat(decider(store, "c.test")).contains(third);
        assertThat(ids(store())).containsExactly("r1", "r2", "r3");
    }

    @Test
    void rules_that_cannot_come_into_force_can_be_mended() throws IOException {
        add(store(), "a.test");
        ProxyConfig demanding =
                config(folder, "default-action = passthrough", "tests = [ { sni = a.test, expect = passthrough } ]");
        assertThatThrownBy(() -> RuleStore.open(demanding)).isInstanceOf(InvalidRulesException.class);

        assertThat(RuleStore.stored(demanding).rules()).hasSize(1);
        RuleStore.toMend(demanding).edit(draft -> draft.remove("r1"));

        assertThat(ids(RuleStore.open(demanding))).isEmpty();
    }

    private RuleStore store(String... policy) throws IOException {
        return RuleStore.open(config(folder, policy));
    }
}
