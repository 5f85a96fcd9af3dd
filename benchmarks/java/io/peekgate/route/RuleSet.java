package io.peekgate.route;

import static io.peekgate.route.Rules.drop;
import static io.peekgate.route.Rules.pass;

import io.peekgate.model.Request;
import io.peekgate.route.Rules.RuleDraft;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Policies of several sizes, and requests that make each of them work. */
public enum RuleSet {
    /** Host patterns and conditions of all kinds; the name is in four rules, of which the last decides. */
    TEN_RULES {
        @Override
        Stream<RuleDraft> rules() {
            return Stream.of(
                    drop("ads.example.net", "*.ads.example.net"),
                    drop("**.tracker.example").except("ok.tracker.example"),
                    pass("bank.example", "*.bank.example").because("pinned certificate"),
                    pass("internal.corp.example").target("10.0.0.7:8443").allowPrivate(),
                    pass("*.*.example.org").alpn("h2"),
                    drop("updates.example.org").disabled(),
                    pass("www.example.com").ports(8443),
                    drop("*.example.com").sources("192.168.0.0/16", "172.16.0.0/12"),
                    drop(".example.com").listeners("explicit"),
                    pass("**.com").except("*.ads.com"));
        }
    },
    /** One rule with a list, as from a match-file; each request is for another name of the list. */
    NAMES_10_000 {
        @Override
        Stream<RuleDraft> rules() {
            return Stream.of(list(10_000));
        }

        @Override
        String name(int request) {
            return listed(request % 10_000);
        }
    },
    NAMES_1_000_000 {
        @Override
        Stream<RuleDraft> rules() {
            return Stream.of(list(1_000_000));
        }

        @Override
        String name(int request) {
            return listed(61 * request % 1_000_000);
        }
    },
    /** None of them matches or has a literal part, so that each runs on {@code name:port} and on {@code ip:port}. */
    REGEXES_100 {
        @Override
        Stream<RuleDraft> rules() {
            return IntStream.range(0, 100).mapToObj(i -> drop("~(^|\\.)(tracker|ads)(" + i + ")(:443)$"));
        }
    },
    /** None of them runs, since the name has no literal part of theirs. */
    REGEXES_1_000 {
        @Override
        Stream<RuleDraft> rules() {
            return IntStream.range(0, 1_000).mapToObj(i -> drop("~(^|\\.)tracker" + i + "\\.example\\.(com|net):443$"));
        }
    };

    public Policy policy() {
        return Rules.policy(Rules.PASS, rules().toArray(RuleDraft[]::new));
    }

    /** The n-th request, from a client of a private network that was redirected to us. */
    public Request request(int n) {
        return Rules.ask(name(n))
                .alpn("h2", "http/1.1")
                .original("93.184.216.34", 443)
                .request();
    }

    abstract Stream<RuleDraft> rules();

    String name(int request) {
        return "www.example.com";
    }

    private static RuleDraft list(int names) {
        List<String> all = IntStream.range(0, names).mapToObj(RuleSet::listed).toList();
        return drop().matching(all);
    }

    private static String listed(int n) {
        return "host" + n + ".ads" + n % 1_000 + ".example";
    }
}
