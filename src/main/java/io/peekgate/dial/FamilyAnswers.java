package io.peekgate.dial;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import io.netty.util.concurrent.Promise;
import io.peekgate.model.CloseReason;
import io.peekgate.model.Refusal;
import io.peekgate.model.ServerName;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Makes one list of the families' answers. Either family alone will do: once one has addresses, the other is waited for
 * a little, so that there is something to fall back on, but no longer (RFC 8305 section 3).
 */
final class FamilyAnswers {
    /** RFC 8305 section 8, "Resolution Delay". */
    private static final long RESOLUTION_DELAY_MILLIS = 50;

    private final EventLoop loop;
    private final ServerName name;
    private final List<Future<DnsAnswer>> answers;
    private final Promise<List<InetAddress>> all;
    private Optional<Future<?>> delay = Optional.empty();

    private FamilyAnswers(EventLoop loop, ServerName name, List<Future<DnsAnswer>> answers) {
        this.loop = loop;
        this.name = name;
        this.answers = answers;
        this.all = loop.newPromise();
    }

    /** @param answers the preferred family's first; none of them ever fails */
    static Future<List<InetAddress>> gather(EventLoop loop, ServerName name, List<Future<DnsAnswer>> answers) {
        FamilyAnswers families = new FamilyAnswers(loop, name, answers);
        answers.forEach(answer -> answer.addListener((FutureListener<DnsAnswer>) done -> families.heard()));
        return families.all;
    }

    private void heard() {
        if (all.isDone()) {
            return;
        }
        if (answers.stream().allMatch(Future::isDone)) {
            delay.ifPresent(timer -> timer.cancel(false));
            finish();
        } else if (!addresses().isEmpty()) {
            delay = Optional.of(loop.schedule(this::finish, RESOLUTION_DELAY_MILLIS, TimeUnit.MILLISECONDS));
        }
    }

    private void finish() {
        List<InetAddress> addresses = addresses();
        if (addresses.isEmpty()) {
            all.tryFailure(refusal());
        } else {
            all.trySuccess(addresses);
        }
    }

    /** The families in turn, the preferred one first (RFC 8305 section 4). */
    private List<InetAddress> addresses() {
        List<List<InetAddress>> families = answers.stream()
                .filter(Future::isDone)
                .map(answer -> answer.getNow().addresses())
                .toList();
        List<InetAddress> addresses = new ArrayList<>();
        for (int i = 0; i < DnsRecords.MAX_ADDRESSES; i++) {
            for (List<InetAddress> family : families) {
                if (i < family.size()) {
                    addresses.add(family.get(i));
                }
            }
        }
        return addresses;
    }

    private Refusal refusal() {
        List<Refusal> refusals = answers.stream()
                .flatMap(answer -> answer.getNow().refusal().stream())
                .toList();
        CloseReason reason =
                refusals.stream().map(Refusal::reason).reduce(DnsLookup::worse).orElse(CloseReason.DNS_FAILURE);
        String detail = refusals.stream().map(Refusal::detail).distinct().collect(Collectors.joining(", "));
        return new Refusal(reason, name + ": " + detail);
    }
}
