package io.chordata.client.sigv4;

import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Signs requests of one access key. Safe for use by many threads. Paths and queries are given as they go on the wire
 * ({@link UriEncoding} makes them).
 */
public final class RequestSigner {
    /** Left out of signatures, because proxies and HTTP clients change them on the way. */
    private static final Set<String> UNSIGNED = new TreeSet<>(List.of(
            "accept-encoding", "authorization", "connection", "expect", "te", "transfer-encoding", "user-agent"));

    private final String accessKey;
    private final String secretKey;
    private final String region;
    private final String service;
    private final SigningKeys keys = new SigningKeys();

    /** @param service {@code s3}, or {@code chordata} for the admin port */
    public RequestSigner(String accessKey, String secretKey, String region, String service) {
        this.accessKey = accessKey;
        this.secretKey = secretKey;
        this.region = region;
        this.service = service;
    }

    /**
     * Signs in the {@code Authorization} header.
     *
     * @param headers all that will be sent and should be signed, {@code Host} among them; gets {@code x-amz-date},
     *     {@code x-amz-content-sha256} and {@code Authorization}
     * @param payloadHash 64 hex digits or a word of {@link PayloadHash}
     * @return what signs the chunks of the body, for the words that begin with STREAMING-AWS4
     */
    public ChunkSignatures sign(
            String method, String rawPath, String rawQuery, MultiMap headers, String payloadHash, long nowMillis) {
        String amzDate = AmzDate.format(nowMillis);
        headers.set("x-amz-date", amzDate).set("x-amz-content-sha256", payloadHash);
        List<String> names = signedHeaders(headers);
        CredentialScope scope = scope(amzDate);
        Signer signer = signer(amzDate, scope);
        String signature = signer.sign(new CanonicalRequest(method, rawPath, rawQuery, headers, names, payloadHash));
        headers.set(
                "Authorization",
                Signer.ALGORITHM + " Credential=" + accessKey + '/' + scope + ", SignedHeaders="
                        + String.join(";", names) + ", Signature=" + signature);
        return signer.chunks(signature);
    }

    /**
     * Signs in the query.
     *
     * @param headers those that the bearer will have to send as they are here; at least {@code Host}. With
     *     {@code x-amz-content-sha256} the link is good for one body only
     * @param expiresSeconds 1 to 604,800
     * @return the whole query to send
     */
    public String presign(
            String method, String rawPath, String rawQuery, MultiMap headers, long expiresSeconds, long nowMillis) {
        String amzDate = AmzDate.format(nowMillis);
        List<String> names = signedHeaders(headers);
        CredentialScope scope = scope(amzDate);
        String query = (rawQuery.isEmpty() ? "" : rawQuery + '&')
                + QueryParameters.ALGORITHM
                + '='
                + Signer.ALGORITHM
                + '&'
                + QueryParameters.CREDENTIAL
                + '='
                + UriEncoding.encode(accessKey + '/' + scope)
                + '&'
                + QueryParameters.DATE
                + '='
                + amzDate
                + '&'
                + QueryParameters.EXPIRES
                + '='
                + expiresSeconds
                + '&'
                + QueryParameters.SIGNED_HEADERS
                + '='
                + UriEncoding.encode(String.join(";", names));
        String given = headers.get("x-amz-content-sha256");
        CanonicalRequest request = new CanonicalRequest(
                method, rawPath, query, headers, names, given == null ? PayloadHash.UNSIGNED : given);
        return query
                + '&'
                + QueryParameters.SIGNATURE
                + '='
                + signer(amzDate, scope).sign(request);
    }

    private CredentialScope scope(String amzDate) {
        return new CredentialScope(AmzDate.date(amzDate), region, service);
    }

    private Signer signer(String amzDate, CredentialScope scope) {
        return new Signer(keys.key(secretKey, scope), amzDate, scope);
    }

    private static List<String> signedHeaders(MultiMap headers) {
        Set<String> names = new TreeSet<>();
        for (String name : headers.names()) {
            names.add(name.toLowerCase(Locale.ROOT));
        }
        names.removeAll(UNSIGNED);
        return new ArrayList<>(names);
    }
}
