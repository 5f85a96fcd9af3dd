package io.peekgate.dial;

import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsSection;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What an answer section says of a name: where its aliases lead, and the addresses there.
 *
 * @param name the last name of the alias chain, in lower case with a dot at its end
 * @param addresses of that name, at most {@value #MAX_ADDRESSES}, without duplicates
 * @param ttl in seconds, the least of all records used
 */
record DnsRecords(String name, List<InetAddress> addresses, long ttl) {
    /** Chains longer than this are loops or meant to waste time. */
    static final int MAX_ALIASES = 16;

    /** So that no zone can make us knock at thousands of doors for one connection. */
    static final int MAX_ADDRESSES = 16;

    /**
     * @param name what was asked for, in lower case with a dot at its end
     * @throws RuntimeException if a record is malformed
     */
    static DnsRecords read(DnsResponse response, String name, DnsRecordType type) {
        List<DnsRawRecord> answers = answers(response);
        String end = name;
        long ttl = Long.MAX_VALUE;
        DnsRawRecord alias = first(answers, end, DnsRecordType.CNAME);
        for (int i = 0; i < MAX_ALIASES && alias != null; i++) {
            end = lower(DefaultDnsRecordDecoder.decodeName(alias.content().duplicate()));
            ttl = Math.min(ttl, alias.timeToLive());
            alias = first(answers, end, DnsRecordType.CNAME);
        }
        return addresses(answers, end, type, ttl);
    }

    private static DnsRecords addresses(List<DnsRawRecord> answers, String name, DnsRecordType type, long aliasTtl) {
        List<InetAddress> addresses = new ArrayList<>();
        long ttl = aliasTtl;
        for (DnsRawRecord answer : answers) {
            if (addresses.size() < MAX_ADDRESSES && isOf(answer, name, type)) {
                InetAddress address = address(answer);
                ttl = Math.min(ttl, answer.timeToLive());
                if (!addresses.contains(address)) {
                    addresses.add(address);
                }
            }
        }
        return new DnsRecords(name, List.copyOf(addresses), ttl);
    }

    private static List<DnsRawRecord> answers(DnsResponse response) {
        List<DnsRawRecord> answers = new ArrayList<>();
        for (int i = 0; i < response.count(DnsSection.ANSWER); i++) {
            if (response.recordAt(DnsSection.ANSWER, i) instanceof DnsRawRecord answer) {
                answers.add(answer);
            }
        }
        return answers;
    }

    private static DnsRawRecord first(List<DnsRawRecord> answers, String name, DnsRecordType type) {
        return answers.stream()
                .filter(answer -> isOf(answer, name, type))
                .findFirst()
                .orElse(null);
    }

    private static boolean isOf(DnsRawRecord answer, String name, DnsRecordType type) {
        return answer.type().equals(type) && lower(answer.name()).equals(name);
    }

    private static InetAddress address(DnsRawRecord answer) {
        byte[] bytes = new byte[answer.content().readableBytes()];
        answer.content().getBytes(answer.content().readerIndex(), bytes);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address of " + bytes.length + " bytes", e);
        }
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
