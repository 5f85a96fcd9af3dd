package io.peekgate.dial;

import static io.peekgate.model.CloseReason.DNS_FAILURE;
import static io.peekgate.model.CloseReason.DNS_NO_ADDRESS;
import static io.peekgate.model.CloseReason.DNS_NXDOMAIN;
import static io.peekgate.model.CloseReason.DNS_TIMEOUT;

import io.netty.channel.AddressedEnvelope;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import io.netty.resolver.dns.DnsServerAddressStream;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import io.netty.util.concurrent.Promise;
import io.peekgate.model.CloseReason;
import io.peekgate.model.Printable;
import io.peekgate.model.Refusal;
import io.peekgate.model.ServerName;
import io.peekgate.net.Addresses;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One question of a stub resolver (RFC 1034 section 5.3.1), put to the servers in turn until one gives an answer that
 * counts: addresses, none, or no such name. Everything else is a problem with that server, and the next is asked.
 *
 * <p>Netty's own {@code resolveAll} would do this too, but it takes REFUSED for "no address", asks all servers again
 * after an NXDOMAIN, never asks a lone server twice, and follows referrals to servers that nobody configured. So only
 * its {@code query} is used here: one datagram, its answer, and TCP if that was cut short.
 */
final class DnsLookup {
    private static final int ERROR_SHOWN = 120;

    /** Failures may soon be mended, but a failing server must not be asked for each connection (RFC 9520 section 3.2). */
    private static final Duration FAILURE_TTL = Duration.ofSeconds(1);

    private final DnsNameResolver client;
    private final DnsServerAddressStream servers;
    private final DnsSettings settings;
    private final DnsRecordType type;
    private final Promise<DnsAnswer> answer;
    private final Set<String> problems = new LinkedHashSet<>();
    private CloseReason worst = DNS_FAILURE;
    private String name;
    private int triesLeft;
    private int aliasesLeft = DnsRecords.MAX_ALIASES;
    private long ttl;

    /** @param servers where to begin is the caller's choice; it is asked round and round */
    DnsLookup(
            EventLoop loop,
            DnsNameResolver client,
            DnsServerAddressStream servers,
            DnsSettings settings,
            ServerName name,
            DnsRecordType type) {
        this.client = client;
        this.servers = servers;
        this.settings = settings;
        this.type = type;
        this.answer = loop.newPromise();
        this.name = name.value() + '.';
        this.triesLeft = settings.attempts() * servers.size();
        this.ttl = settings.maxTtl().toSeconds();
    }

    /** Asks; the future never fails. */
    Future<DnsAnswer> start() {
        ask();
        return answer;
    }

    private void ask() {
        InetSocketAddress server = servers.next();
        triesLeft--;
        client.query(server, new DefaultDnsQuestion(name, type))
                .addListener((FutureListener<AddressedEnvelope<DnsResponse, InetSocketAddress>>)
                        reply -> heard(Addresses.text(server), reply));
    }

    private void heard(String server, Future<AddressedEnvelope<DnsResponse, InetSocketAddress>> reply) {
        if (!reply.isSuccess()) {
            unanswered(server, reply.cause());
            return;
        }
        AddressedEnvelope<DnsResponse, InetSocketAddress> envelope = reply.getNow();
        try {
            read(server, envelope.content());
        } catch (RuntimeException e) {
            // whatever the wire holds, the connection that waits for this must hear of it; nothing here may throw
            refuse(DNS_FAILURE, "unreadable answer from " + server + " (" + shown(e) + ')', FAILURE_TTL);
        } finally {
            envelope.release();
        }
    }

    private void unanswered(String server, Throwable cause) {
        if (cause instanceof DnsNameResolverTimeoutException) {
            failed(
                    DNS_TIMEOUT,
                    "no answer from " + server + " in " + settings.timeout().toMillis() + " ms");
        } else {
            Throwable root = cause.getCause() == null ? cause : cause.getCause();
            failed(DNS_FAILURE, "query to " + server + " failed (" + shown(root) + ')');
        }
    }

    private void read(String server, DnsResponse response) {
        DnsResponseCode code = response.code();
        if (code.equals(DnsResponseCode.NXDOMAIN)) {
            refuse(DNS_NXDOMAIN, "NXDOMAIN from " + server, settings.negativeTtl());
        } else if (code.equals(DnsResponseCode.NOERROR)) {
            use(server, response);
        } else {
            failed(DNS_FAILURE, code.toString().toUpperCase(Locale.ROOT) + " from " + server);
        }
    }

    private void use(String server, DnsResponse response) {
        DnsRecords records = DnsRecords.read(response, name, type);
        ttl = Math.min(ttl, records.ttl());
        if (!records.addresses().isEmpty()) {
            answer.setSuccess(new DnsAnswer(records.addresses(), Optional.empty(), until(Duration.ofSeconds(ttl))));
        } else if (response.isTruncated()) {
            failed(DNS_FAILURE, "truncated answer from " + server + ", and none over TCP");
        } else if (!records.name().equals(name) && aliasesLeft-- > 0) {
            name = records.name();
            triesLeft = Math.max(triesLeft, 1);
            ask();
        } else {
            refuse(DNS_NO_ADDRESS, "no " + type.name() + " record, says " + server, settings.negativeTtl());
        }
    }

    private void failed(CloseReason reason, String problem) {
        problems.add(problem);
        worst = problems.size() == 1 ? reason : worse(worst, reason);
        if (triesLeft > 0) {
            ask();
        } else {
            refuse(worst, String.join(", ", problems), FAILURE_TTL);
        }
    }

    private void refuse(CloseReason reason, String detail, Duration remembered) {
        answer.setSuccess(new DnsAnswer(List.of(), Optional.of(new Refusal(reason, detail)), until(remembered)));
    }

    /** What went wrong tells more than that nothing came, and a broken server more than a name that has nothing. */
    static CloseReason worse(CloseReason one, CloseReason other) {
        for (CloseReason reason : List.of(DNS_FAILURE, DNS_TIMEOUT, DNS_NO_ADDRESS)) {
            if (one == reason || other == reason) {
                return reason;
            }
        }
        return DNS_NXDOMAIN;
    }

    private static long until(Duration remembered) {
        return System.nanoTime() + remembered.toNanos();
    }

    private static String shown(Throwable error) {
        return Printable.of(String.valueOf(error.getMessage()), ERROR_SHOWN);
    }
}
