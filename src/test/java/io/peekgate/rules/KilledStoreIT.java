package io.peekgate.rules;

import static io.peekgate.rules.Stores.config;
import static io.peekgate.rules.Stores.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peekgate.config.StateJson;
import io.peekgate.config.StoredRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store alone in a process of its own, killed by SIGKILL at instants that nobody chose. */
class KilledStoreIT {
    private static final int KILLS = Boolean.getBoolean("full") ? 500 : 50;
    private static final int MOST_MICROS = 5_000;

    @TempDir
    private Path folder;

    private final Random random = new Random();

    @Test
    void after_each_kill_the_file_is_whole_and_has_all_that_was_acknowledged_and_one_more_at_most() throws Exception {
        long rules = 0;
        int caught = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            if (rules > 300) {
                Files.delete(file(folder));
                Files.deleteIfExists(previous());
                rules = 0;
            }
            long acknowledged = Math.max(rules, killSoon());
            StoredRules found = RuleStore.stored(config(folder));
            assertThat(found.lastId()).isBetween(acknowledged, acknowledged + 1);
            assertThat(found.rules()).hasSize((int) found.lastId());
            assertPreviousIsWhole(found);
            rules = found.lastId();
            caught += Files.exists(folder.resolve("rules.json.next")) ? 1 : 0;
        }
        assertThat(caught).as("kills within a write").isPositive();
        System.out.println("FIGURE store: " + KILLS + " kills, " + caught + " of them within a write; nothing lost");
    }

    /** Gives the number in the last id that was acknowledged. */
    private long killSoon() throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Process victim = StoreVictim.start(folder, StoreVictim.forEver(), ProcessBuilder.Redirect.to(out.toFile()));
        try {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> Files.readString(out).contains("\n"));
            long end = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(random.nextInt(MOST_MICROS));
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        } finally {
            victim.destroyForcibly().waitFor();
        }
        String text = Files.readString(out);
        String whole = text.substring(0, text.lastIndexOf('\n')); // a line that was cut off counts for none
        return Long.parseLong(whole.substring(whole.lastIndexOf('r') + 1));
    }

    /** It is what was before the last change, or the same as the current one if that was about to be replaced. */
    private void assertPreviousIsWhole(StoredRules current) throws IOException {
        if (current.lastId() > 1) {
            assertThat(StateJson.read(Files.readString(previous()), "previous").lastId())
                    .isBetween(current.lastId() - 1, current.lastId());
        }
    }

    private Path previous() {
        return folder.resolve("rules.json.previous");
    }
}
