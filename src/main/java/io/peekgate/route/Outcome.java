package io.peekgate.route;

/** What one rule says of a request, with the first condition that failed where it does not match. */
public enum Outcome {
    MATCHED("it matches"),
    DISABLED("it is disabled"),
    NAME("none of its patterns matches"),
    EXCEPT("its except list takes the name out"),
    PORT("the port is not among its ports"),
    SOURCE("the client's address is not among its sources"),
    ALPN("the client offers none of its ALPN protocols"),
    LISTENER("the listener is not among its listeners"),
    REGEX_BUDGET("a regular expression of it did not finish within its step budget");

    private final String sentence;

    Outcome(String sentence) {
        this.sentence = sentence;
    }

    /** For people, of the rule as "it". */
    public String sentence() {
        return sentence;
    }

    /** Whether no later rule is asked. An expression without an answer must not let a later rule decide. */
    boolean decides() {
        return this == MATCHED || this == REGEX_BUDGET;
    }
}
