package io.chordata.node.access;

import io.chordata.node.core.RandomSource;
import io.chordata.node.object.KeyRecord;
import io.chordata.node.object.KeyRecords;
import io.vertx.core.Future;
import java.util.List;

/** Makes, shows and deletes access keys. Futures fail with {@link io.chordata.node.object.ObjectException}. */
public final class KeyAdmin {
    private final KeyRecords records;
    private final KeySeal seal;
    private final CachedKeys cache;
    private final RandomSource random;

    public KeyAdmin(KeyRecords records, KeySeal seal, CachedKeys cache, RandomSource random) {
        this.records = records;
        this.seal = seal;
        this.cache = cache;
        this.random = random;
    }

    /** A key with its secret, which nobody can ask for again. Its text has no secret. */
    public record NewKey(KeyView key, String secretKey) {
        @Override
        public String toString() {
            return "NewKey[" + key.accessKey() + "]";
        }
    }

    /** @param createdMillis since 1970 UTC */
    public record KeyView(String accessKey, String note, long createdMillis) {
        private static KeyView of(KeyRecord record) {
            return new KeyView(record.accessKey(), record.note(), record.createdMillis());
        }
    }

    public Future<NewKey> create(String note) {
        String accessKey = seal.newAccessKey(random);
        String secret = KeySeal.newSecret(random);
        return records.create(new KeyRecord(accessKey, seal.seal(accessKey, secret, random), note, 0))
                .compose(kept -> {
                    // A name of 60 random bits that was drawn before: draw another.
                    return kept == null ? create(note) : Future.succeededFuture(new NewKey(KeyView.of(kept), secret));
                });
    }

    /** Whether there was such a key. */
    public Future<Boolean> delete(String accessKey) {
        return records.delete(accessKey).onSuccess(deleted -> cache.forget(accessKey));
    }

    /** By name. */
    public Future<List<KeyView>> list() {
        return records.list().map(all -> all.stream().map(KeyView::of).toList());
    }
}
