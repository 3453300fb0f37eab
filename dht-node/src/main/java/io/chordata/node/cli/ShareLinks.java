package io.chordata.node.cli;

import io.chordata.client.sigv4.RequestSigner;
import io.chordata.client.sigv4.UriEncoding;
import io.chordata.node.access.CachedKeys;
import io.chordata.node.access.KeysUnavailableException;
import io.chordata.node.admin.ProblemException;
import io.chordata.node.admin.ShareRoute.Link;
import io.chordata.node.admin.ShareRoute.Linker;
import io.chordata.node.core.Clock;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.net.URI;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Presigned links to the S3 port, in the name of an access key. */
final class ShareLinks implements Linker {
    private static final Set<String> DOTS = Set.of(".", "..");
    private static final Pattern SLASH = Pattern.compile("/");

    private final CachedKeys keys;
    private final Clock clock;
    private final String region;
    private volatile @Nullable URI endpoint;

    ShareLinks(CachedKeys keys, Clock clock, String region) {
        this.keys = keys;
        this.clock = clock;
        this.region = region;
    }

    /** From now on S3 is served there, as clients see it. */
    void serving(URI newEndpoint) {
        endpoint = newEndpoint;
    }

    @Override
    public Future<Link> link(String accessKey, String bucket, String key, int seconds) {
        URI now = endpoint;
        if (now == null) {
            return Future.failedFuture(new ProblemException(503, "Not serving", NodeStatus.STARTING));
        }
        if (DOTS.contains(key)) {
            return Future.failedFuture(new ProblemException(
                    409, "No link", "browsers take '" + key + "' in a link for a folder, so none can lead there"));
        }
        return keys.secretOf(accessKey).recover(ShareLinks::problem).map(secret -> {
            if (secret == null) {
                throw new ProblemException(401, "Sign-in needed", "the access key is deleted");
            }
            return link(now, new RequestSigner(accessKey, secret, region, "s3"), path(bucket, key), seconds);
        });
    }

    private static Future<@Nullable String> problem(Throwable failure) {
        return Future.failedFuture(
                failure instanceof KeysUnavailableException
                        ? new ProblemException(503, "Keys not readable", "the key's secret cannot be read now")
                        : failure);
    }

    private Link link(URI at, RequestSigner signer, String path, int seconds) {
        long nowMillis = clock.wallMillis();
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().set("Host", at.getRawAuthority());
        String query = signer.presign("GET", path, "", headers, seconds, nowMillis);
        return new Link(URI.create(at + path + '?' + query), nowMillis + TimeUnit.SECONDS.toMillis(seconds));
    }

    /** Browsers resolve dots between slashes, but not between escaped ones. */
    private static String path(String bucket, String key) {
        boolean hasDots = Arrays.stream(SLASH.split(key, -1)).anyMatch(DOTS::contains);
        return '/'
                + UriEncoding.encode(bucket)
                + '/'
                + (hasDots ? UriEncoding.encode(key) : UriEncoding.encodePath(key));
    }
}
