package io.chordata.node.s3;

import io.chordata.node.core.RandomSource;
import java.util.Locale;

/** Names of requests as S3 writes them: 16 upper-case hex digits. */
final class RequestIds {
    private RequestIds() {}

    static String next(RandomSource random) {
        String digits = Long.toHexString(random.nextLong()).toUpperCase(Locale.ROOT);
        return "0".repeat(16 - digits.length()) + digits;
    }
}
