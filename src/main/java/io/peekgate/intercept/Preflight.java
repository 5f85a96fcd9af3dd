package io.peekgate.intercept;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What must hold before anything is changed. */
final class Preflight {
    private static final Pattern NFT_MODE = Pattern.compile("comment \"" + NftRules.OWNER + "(\\w+)");
    private static final Pattern IPTABLES_MODE = Pattern.compile("(?m)^:" + IptablesRules.PREFIX + "(?!NEW-)(\\w+) ");

    /** What is in place: a mode, in a language. */
    record Installed(Mode mode, Dialect dialect) {
        String text() {
            return "--mode " + mode.code() + " --" + dialect.tool();
        }
    }

    private final Host host;

    Preflight(Host host) {
        this.host = host;
    }

    /**
     * @throws InterceptException if something is in the way
     */
    void check(Plan plan, Dialect dialect) {
        checkTools(plan, dialect);
        plan.device().filter(Predicate.not(this::hasDevice)).ifPresent(name -> {
            throw refusal("there is no interface " + name + " here; see: ip link");
        });
        installed()
                .filter(there -> !there.equals(new Installed(plan.mode(), dialect)))
                .ifPresent(there -> {
                    throw refusal("there is an interception with " + there.text()
                            + " already; take it away first: peekgate intercept remove");
                });
    }

    /**
     * @throws InterceptException if a tool is missing, or the right to use it
     */
    void checkTools(Plan plan, Dialect dialect) {
        if (!Dialect.has(host, dialect)) {
            Dialect other = dialect == Dialect.NFT ? Dialect.IPTABLES : Dialect.NFT;
            throw refusal(dialect.tool() + " is not installed; install the package " + dialect.pack() + ", or use --"
                    + other.tool());
        }
        if (plan.mode() == Mode.TPROXY) {
            Tools.check(host, "ip");
        }
        Rights.check(host);
    }

    /** What one of our plans has put in place; an iptables that cannot tell has none. */
    Optional<Installed> installed() {
        return Stream.of(
                        find(NFT_MODE, "nft list table inet peekgate 2>/dev/null", Dialect.NFT),
                        find(IPTABLES_MODE, "iptables-save 2>/dev/null", Dialect.IPTABLES),
                        find(IPTABLES_MODE, "ip6tables-save 2>/dev/null", Dialect.IPTABLES))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Installed> find(Pattern mode, String list, Dialect dialect) {
        String listed = host.sh(list).output();
        return Stream.of(mode.matcher(listed))
                .filter(Matcher::find)
                .flatMap(found -> modes(found.group(1)).stream())
                .map(found -> new Installed(found, dialect))
                .findFirst();
    }

    private static List<Mode> modes(String word) {
        return Stream.of(Mode.values())
                .filter(mode -> mode.code().equalsIgnoreCase(word))
                .toList();
    }

    private boolean hasDevice(String name) {
        return host.read("/proc/net/dev")
                .orElse("")
                .lines()
                .anyMatch(line -> line.strip().startsWith(name + ":"));
    }

    private static InterceptException refusal(String message) {
        return new InterceptException(message, false);
    }
}
