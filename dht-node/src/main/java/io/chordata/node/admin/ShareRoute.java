package io.chordata.node.admin;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * {@code POST /v1/objects/share {bucket, key, seconds}} is answered with {@code {url, expires}}: a link by which anybody can read
 * the object at the S3 port until then, signed by the key of whoever asks. The secret stays here, so a session can make links
 * though no browser has it.
 */
public final class ShareRoute {
    /** As long as S3 lets a presigned request be good. */
    static final int SECONDS_MAX = 604_800;

    private static final Pattern PATH = Pattern.compile("/v1/objects/share");
    private static final Set<String> FIELDS = Set.of("bucket", "key", "seconds");

    private ShareRoute() {}

    /** What makes links. */
    public interface Linker {
        /** Fails with {@link ProblemException} where there can be none now. */
        Future<Link> link(String accessKey, String bucket, String key, int seconds);
    }

    /** @param expiresMillis since 1970, UTC */
    public record Link(URI url, long expiresMillis) {}

    public static ChangeRoute of(Linker linker) {
        return new ChangeRoute(HttpMethod.POST, PATH, (request, match) -> link(request, linker));
    }

    private static Future<JsonObject> link(ChangeRequest request, Linker linker) {
        JsonObject body = request.object();
        if (!body.fieldNames().equals(FIELDS)
                || !(body.getValue("bucket") instanceof String bucket)
                || !(body.getValue("key") instanceof String key)
                || !(body.getValue("seconds") instanceof Integer seconds)
                || bucket.isEmpty()
                || key.isEmpty()
                || seconds < 1
                || seconds > SECONDS_MAX) {
            throw new ProblemException(
                    400,
                    "Wrong body",
                    "the body has a bucket, a key, and for how many seconds the link is good, 1 to " + SECONDS_MAX);
        }
        return linker.link(request.accessKey(), bucket, key, seconds)
                .map(link -> new JsonObject().put("url", link.url.toString()).put("expires", link.expiresMillis));
    }
}
