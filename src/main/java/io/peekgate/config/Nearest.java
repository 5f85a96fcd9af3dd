package io.peekgate.config;

import java.util.Comparator;
import java.util.Set;

/** Finds the key that was probably meant. */
final class Nearest {
    private Nearest() {}

    /** What to say of a word that is none of {@code known}, of which there is at least one. */
    static String hint(String word, Set<String> known) {
        String nearest = known.stream()
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
                .orElseThrow();
        return known.size() == 1 ? "only \"" + nearest + "\" is known here" : "did you mean \"" + nearest + "\"?";
    }

    /** How many letters must be added, left out or changed (Levenshtein), row by row. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
