package io.peekgate.dial;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What was noted within the last seconds, bounded in time and in space: notes go to the younger of two tables, and when
 * that is full or old, it becomes the elder and the elder is let go. So nothing need be taken out, though it may, and no timer runs;
 * what was noted is found for {@link #SECONDS} to twice as long, or until as many more than {@link #CAPACITY} have come.
 */
final class Recent<K, V> {
    static final int SECONDS = 3;
    static final int CAPACITY = 8192;
    private static final long LIFETIME = TimeUnit.SECONDS.toNanos(SECONDS);

    private final AtomicReference<Tables<K, V>> tables;

    /** All times are those of one clock, in nanoseconds. */
    Recent(long now) {
        tables = new AtomicReference<>(Tables.none(now));
    }

    /** Replaces what was noted for this key. */
    void note(K key, V value, long now) {
        current(now).younger.put(key, value);
    }

    /** What was noted last for this key; null if nothing was of late. */
    V find(K key, long now) {
        Tables<K, V> found = current(now);
        V value = found.younger.get(key);
        return value == null ? found.elder.get(key) : value;
    }

    /** Takes a note back, if it is still this one. */
    void forget(K key, V value) {
        Tables<K, V> held = tables.get();
        held.younger.remove(key, value);
        held.elder.remove(key, value);
    }

    private Tables<K, V> current(long now) {
        Tables<K, V> held = tables.get();
        if (now - held.since < LIFETIME && held.younger.mappingCount() < CAPACITY) {
            return held;
        }
        tables.compareAndSet(held, held.next(now));
        return tables.get();
    }

    private record Tables<K, V>(ConcurrentHashMap<K, V> younger, ConcurrentHashMap<K, V> elder, long since) {
        static <K, V> Tables<K, V> none(long now) {
            return new Tables<>(new ConcurrentHashMap<>(), new ConcurrentHashMap<>(), now);
        }

        Tables<K, V> next(long now) {
            boolean bothOld = now - since >= 2 * LIFETIME;
            return bothOld ? none(now) : new Tables<>(new ConcurrentHashMap<>(), younger, now);
        }
    }
}
