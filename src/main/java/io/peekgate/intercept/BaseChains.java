package io.peekgate.intercept;

import java.util.List;

/**
 * The tables and chains that iptables makes at first use where it works on nftables: what was not there is noted as an
 * empty chain beside it, so that all of it can be taken away again, and nothing that was there before.
 */
final class BaseChains {
    private static final String TABLE_IS_NEW = IptablesRules.PREFIX + "NEW-TABLE";
    private static final String CHAIN_IS_NEW = IptablesRules.PREFIX + "NEW-";

    private BaseChains() {}

    /**
     * @param bases each {@code table:CHAIN}
     */
    static Step note(Family family, List<String> bases) {
        String list = "nft list %s " + family.nft();
        String make = family.iptables() + " -w -t $table -N ";
        return new Step(
                family.text() + ": iptables on nftables makes tables and chains; those are noted, for remove.",
                List.of(),
                "if command -v nft >/dev/null && " + family.iptables() + " -V | grep -q nf_tables; then\n"
                        + each(bases)
                        + "    " + String.format(list, "table") + " $table >/dev/null 2>&1 || " + make + TABLE_IS_NEW
                        + "\n    " + String.format(list, "chain") + " $table $chain >/dev/null 2>&1 || " + make
                        + CHAIN_IS_NEW + "$chain\n  done\nfi");
    }

    /** Whatever others have put there since stays: a chain with rules is not deleted, nor a table with chains. */
    static String removal(Family family, List<String> bases) {
        String drop = family.iptables() + " -w -t $table -X ";
        String nft = " " + family.nft() + " $table";
        return each(bases)
                + "    ! " + drop + CHAIN_IS_NEW + "$chain 2>/dev/null || nft delete chain" + nft
                + " $chain 2>/dev/null || true\n"
                + "  done\n"
                + each(bases)
                + "    ! " + drop + TABLE_IS_NEW + " 2>/dev/null || nft list table" + nft
                + " | grep -q 'chain ' || nft delete table" + nft + "\n"
                + "  done\n";
    }

    private static String each(List<String> bases) {
        return "  for base in " + String.join(" ", bases) + "; do\n    table=${base%:*} chain=${base#*:}\n";
    }
}
