package io.peekgate.rules;

import java.io.IOException;
import java.nio.file.Path;

/** A process that adds rules for ever, and tells each that was acknowledged, until it is killed. */
final class StoreVictim {
    private StoreVictim() {}

    public static void main(String... arguments) throws IOException {
        RuleStore store = RuleStore.open(Stores.config(Path.of(arguments[0])));
        while (true) {
            System.out.println(Stores.add(store, "a.test").id());
        }
    }
}
