package io.peekgate.dial;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.ipv4.IPv4Address;
import inet.ipaddr.ipv4.IPv4AddressAssociativeTrie;
import inet.ipaddr.ipv6.IPv6Address;
import inet.ipaddr.ipv6.IPv6AddressAssociativeTrie;
import io.peekgate.dial.SpecialPurpose.Block;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Optional;

/** Blocks by the addresses in them; the smallest block that holds an address is found. Not changed once it is in use. */
final class BlockTable {
    /** Plain addresses and CIDRs alone: no wildcards, ranges, masks, octal or shortened forms. */
    private static final IPAddressStringParameters PLAIN = new IPAddressStringParameters.Builder()
            .allowAll(false)
            .allowEmpty(false)
            .allowSingleSegment(false)
            .allowMask(false)
            .allowPrefixOnly(false)
            .allowWildcardedSeparator(false)
            .setRangeOptions(RangeParameters.NO_RANGE)
            .allow_inet_aton(false)
            .toParams();

    private final IPv4AddressAssociativeTrie<Block> v4 = new IPv4AddressAssociativeTrie<>();
    private final IPv6AddressAssociativeTrie<Block> v6 = new IPv6AddressAssociativeTrie<>();

    void addAll(Collection<Block> blocks) {
        blocks.forEach(this::add);
    }

    void add(Block block) {
        if (block.cidr().isIPv4()) {
            v4.put(block.cidr().toIPv4(), block);
        } else {
            v6.put(block.cidr().toIPv6(), block);
        }
    }

    /** The smallest block that holds the address. */
    Optional<Block> find(IPAddress address) {
        var node = address.isIPv4()
                ? v4.longestPrefixMatchNode(address.toIPv4())
                : v6.longestPrefixMatchNode(address.toIPv6());
        return node == null ? Optional.empty() : Optional.of(node.getValue());
    }

    /** Without the zone, which says where an address is meant and not what it is. */
    static IPAddress of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == IPv4Address.BYTE_COUNT ? new IPv4Address(bytes) : new IPv6Address(bytes);
    }

    /** @throws IllegalArgumentException if the text is neither an address nor a CIDR without host bits */
    static IPAddress parse(String text) {
        try {
            IPAddress address = new IPAddressString(text, PLAIN).toAddress();
            if (address.isPrefixed() && !address.isPrefixBlock()) {
                throw new IllegalArgumentException(
                        text + " has bits beyond its prefix; the block is " + address.toPrefixBlock());
            }
            return address;
        } catch (AddressStringException e) {
            throw new IllegalArgumentException('"' + text + "\" is neither an address nor a CIDR", e);
        }
    }
}
