package io.peekgate.testkit;

/**
 * The addresses at the ends of a cable between two {@link Namespace}s. They are of 198.18.0.0/15, which is for such
 * benches (RFC 2544 appendix C.2.2), and of the unique local fd18::/16 (RFC 4193).
 *
 * @param number which cable it is in the test, 1..255
 */
public record Link(int number) {
    /** The IPv4 address of the namespace that was asked for the link. */
    public String near4() {
        return "198.18." + number + ".1";
    }

    /** The IPv4 address of the other one. */
    public String far4() {
        return "198.18." + number + ".2";
    }

    /** The IPv6 address of the namespace that was asked for the link. */
    public String near6() {
        return "fd18:" + number + "::1";
    }

    /** The IPv6 address of the other one. */
    public String far6() {
        return "fd18:" + number + "::2";
    }
}
