package io.chordata.node.s3;

import io.chordata.node.core.DerivedIds;
import io.chordata.node.core.RandomSource;
import io.chordata.node.object.Invocation;
import io.chordata.node.s3.auth.Authentication;
import java.nio.charset.StandardCharsets;

/**
 * Knows a request again that an SDK repeats: each call of its user has a name of its own, the same in all attempts.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html">AWS SDKs and Tools Reference
 *     Guide, Retry behavior</a>
 */
final class Invocations {
    private static final String HEADER = "amz-sdk-invocation-id";

    private Invocations() {}

    /** What somebody added on the way, without the client's key, names nothing. */
    static Invocation of(S3Operation operation, S3Request request, Authentication authentication, RandomSource random) {
        String name = authentication.signedHeader(HEADER);
        return name == null
                ? Invocation.unnamed(random)
                : Invocation.named(
                        DerivedIds.requestId(
                                bytes(name),
                                bytes(authentication.accessKey()),
                                bytes(operation.apiName()),
                                bytes(request.rawPath()),
                                bytes(request.rawQuery()),
                                bytes(authentication.bodyHash())),
                        random);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
