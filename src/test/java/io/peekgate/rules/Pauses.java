package io.peekgate.rules;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** The garbage collector's stops from now on. */
final class Pauses {
    private final AtomicLong longest = new AtomicLong();

    Pauses() {
        ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(NotificationEmitter.class::cast)
                .forEach(collector -> collector.addNotificationListener(
                        (notification, unused) -> add((CompositeData) notification.getUserData()), null, null));
    }

    private void add(CompositeData collection) {
        GarbageCollectionNotificationInfo info = GarbageCollectionNotificationInfo.from(collection);
        if (!info.getGcAction().contains("concurrent")) {
            longest.accumulateAndGet(info.getGcInfo().getDuration(), Math::max);
        }
    }

    /** As far as the collectors have told of them, which they do a little later. */
    Duration longest() {
        return Duration.ofMillis(longest.get());
    }
}
