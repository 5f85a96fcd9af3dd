package io.peekgate.cli;

import java.util.Locale;

/** Small words for people. */
final class Words {
    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB"};

    private Words() {}

    /** {@code 1 rule}, {@code 2 rules}. */
    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** {@code 517 B}, {@code 1.5 MiB}. */
    static String bytes(long number) {
        if (number < 1_024) {
            return number + " B";
        }
        double scaled = number / 1_024.0;
        int unit = 0;
        while (scaled >= 1_024 && unit < UNITS.length - 1) {
            scaled /= 1_024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", scaled, UNITS[unit]);
    }
}
