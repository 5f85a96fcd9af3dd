package io.peekgate.intercept;

import java.util.List;

/** The packet filter's language. */
public enum Dialect {
    NFT("nft", "nftables") {
        @Override
        List<Step> guards(Plan plan) {
            return List.of(NftRules.guard());
        }

        @Override
        List<Step> rules(Plan plan) {
            return List.of(new NftRules(plan).step());
        }

        @Override
        List<Step> removal() {
            return List.of(NftRules.removal());
        }
    },
    IPTABLES("iptables", "iptables") {
        @Override
        List<Step> guards(Plan plan) {
            return new IptablesRules(plan).guards();
        }

        @Override
        List<Step> rules(Plan plan) {
            return new IptablesRules(plan).steps();
        }

        @Override
        List<Step> removal() {
            return IptablesRules.removal();
        }
    };

    private final String tool;
    private final String pack;

    Dialect(String tool, String pack) {
        this.tool = tool;
        this.pack = pack;
    }

    /** Steps that fail where something of another's is in the way, and change nothing. */
    abstract List<Step> guards(Plan plan);

    abstract List<Step> rules(Plan plan);

    abstract List<Step> removal();

    /** The command that speaks it. */
    String tool() {
        return tool;
    }

    /** The package that has the command. */
    String pack() {
        return pack;
    }

    /** nftables where it is installed, since it changes all at once; else iptables where that is. */
    public static Dialect of(Host host) {
        return has(host, NFT) || !has(host, IPTABLES) ? NFT : IPTABLES;
    }

    static boolean has(Host host, Dialect dialect) {
        return host.sh("command -v " + dialect.tool).isFine();
    }
}
