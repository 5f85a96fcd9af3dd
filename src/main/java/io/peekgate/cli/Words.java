package io.peekgate.cli;

/** Small words for people. */
final class Words {
    private Words() {}

    /** {@code 1 rule}, {@code 2 rules}. */
    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
