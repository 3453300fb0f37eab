package io.chordata.node.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.chordata.node.core.Clock;
import io.chordata.node.core.LoopCalls;
import io.chordata.node.core.Loops;
import io.chordata.node.object.KeyRecord;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The root key, and those of the records as they were at most {@link #KEPT_SECONDS} ago: so long a deleted key may work on. A
 * key is looked up when it is first used, so a new one works at every node at once; then again in the background while it is
 * used. That there is none of that name is kept for as long.
 */
public final class CachedKeys implements AccessKeys {
    /** From when a record was asked for. */
    public static final int KEPT_SECONDS = 5;

    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(KEPT_SECONDS);
    private static final long FRESH_NANOS = KEPT_NANOS / 2;
    /** Twice as many as there can be keys. */
    private static final int KEPT_MAX = 2_048;

    private static final int LOOKUPS_MAX = 64;

    private final String rootKey;
    private final String rootSecret;
    private final Loops loops;
    private final Clock clock;
    private final Cache<String, Known> cache =
            Caffeine.newBuilder().maximumSize(KEPT_MAX).build();
    private final Map<String, Future<Known>> lookups = new ConcurrentHashMap<>();
    private volatile @Nullable Records records;

    private record Known(@Nullable String secret, long askedNanos) {}

    private record Records(@Nullable KeySeal seal, Function<String, Future<@Nullable KeyRecord>> find) {
        private boolean mayHave(String accessKey) {
            return seal == null || seal.isMadeHere(accessKey);
        }

        private @Nullable String secretOf(@Nullable KeyRecord record) {
            if (record == null) {
                return null;
            }
            if (seal == null) {
                throw new KeysUnavailableException("without the cluster secret no other secret can be read");
            }
            return seal.open(record.accessKey(), record.sealedSecret());
        }
    }

    public CachedKeys(String rootKey, String rootSecret, Loops loops, Clock clock) {
        this.rootKey = rootKey;
        this.rootSecret = rootSecret;
        this.loops = loops;
        this.clock = clock;
    }

    /**
     * From now on keys can be looked up.
     *
     * @param seal null where there is no cluster secret
     * @param find the record of a key, as of now
     */
    public void serve(@Nullable KeySeal seal, Function<String, Future<@Nullable KeyRecord>> find) {
        records = new Records(seal, find);
    }

    @Override
    public Future<@Nullable String> secretOf(String accessKey) {
        if (accessKey.equals(rootKey)) {
            return Future.succeededFuture(rootSecret);
        }
        Records now = records;
        if (now == null) {
            return Future.failedFuture(new KeysUnavailableException("the node is starting"));
        }
        if (!now.mayHave(accessKey)) {
            return Future.succeededFuture(null);
        }
        Known known = cache.getIfPresent(accessKey);
        long age = known == null ? Long.MAX_VALUE : clock.monotonicNanos() - known.askedNanos;
        if (known == null || age >= KEPT_NANOS) {
            return lookUp(now, accessKey).map(Known::secret);
        }
        if (age >= FRESH_NANOS) {
            lookUp(now, accessKey);
        }
        return Future.succeededFuture(known.secret);
    }

    /** It was deleted through this node. */
    void forget(String accessKey) {
        cache.invalidate(accessKey);
    }

    private Future<Known> lookUp(Records now, String accessKey) {
        Future<Known> underWay = lookups.get(accessKey);
        return LoopCalls.here(loops, underWay != null ? underWay : begin(now, accessKey));
    }

    private Future<Known> begin(Records now, String accessKey) {
        if (lookups.size() >= LOOKUPS_MAX) {
            return Future.failedFuture(new KeysUnavailableException("too many keys are being looked up"));
        }
        Promise<Known> promise = Promise.promise();
        Future<Known> before = lookups.putIfAbsent(accessKey, promise.future());
        if (before != null) {
            return before;
        }
        long askedNanos = clock.monotonicNanos();
        Future.<Void>succeededFuture()
                .compose(begun -> now.find.apply(accessKey))
                .map(record -> new Known(now.secretOf(record), askedNanos))
                .onSuccess(known -> cache.put(accessKey, known))
                .recover(failure -> Future.failedFuture(unavailable(failure)))
                .onComplete(outcome -> {
                    lookups.remove(accessKey);
                    promise.handle(outcome);
                });
        return promise.future();
    }

    private static KeysUnavailableException unavailable(Throwable failure) {
        return failure instanceof KeysUnavailableException unavailable
                ? unavailable
                : new KeysUnavailableException(String.valueOf(failure.getMessage()));
    }
}
