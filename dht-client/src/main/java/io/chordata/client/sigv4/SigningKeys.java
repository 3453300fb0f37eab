package io.chordata.client.sigv4;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Derives signing keys and keeps the latest used, because one serves a client for a whole day and costs four HMACs. Safe
 * for use by many threads.
 */
public final class SigningKeys {
    private static final int MAX_KEPT = 256;
    private static final float LOAD_FACTOR = 0.75f;

    private final Map<Id, byte[]> kept = new LinkedHashMap<>(MAX_KEPT, LOAD_FACTOR, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Id, byte[]> eldest) {
            return size() > MAX_KEPT;
        }
    };

    /** The key of 32 bytes; not to be changed by the caller. */
    public byte[] key(String secretKey, CredentialScope scope) {
        Id id = new Id(secretKey, scope);
        synchronized (kept) {
            byte[] known = kept.get(id);
            if (known != null) {
                return known;
            }
        }
        byte[] derived = derive(secretKey, scope);
        synchronized (kept) {
            kept.put(id, derived);
        }
        return derived;
    }

    private static byte[] derive(String secretKey, CredentialScope scope) {
        byte[] dateKey = Sha256.hmac(("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8), scope.date());
        byte[] regionKey = Sha256.hmac(dateKey, scope.region());
        byte[] serviceKey = Sha256.hmac(regionKey, scope.service());
        return Sha256.hmac(serviceKey, CredentialScope.TERMINATOR);
    }

    private record Id(String secretKey, CredentialScope scope) {}
}
