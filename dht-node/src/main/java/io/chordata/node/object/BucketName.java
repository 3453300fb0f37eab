package io.chordata.node.object;

import java.util.List;

/** S3's rules for names of general purpose buckets (Amazon S3 User Guide, "Bucket naming rules"). */
final class BucketName {
    private static final int MIN_LENGTH = 3;
    private static final int MAX_LENGTH = 63;
    private static final List<String> RESERVED_PREFIXES = List.of("xn--", "sthree-", "amzn-s3-demo-");
    private static final List<String> RESERVED_SUFFIXES =
            List.of("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3");

    private BucketName() {}

    /** @throws ObjectException INVALID_BUCKET_NAME */
    static void check(String name) {
        if (name.length() < MIN_LENGTH || name.length() > MAX_LENGTH) {
            throw invalid("a bucket name has 3 to 63 characters, got " + name.length());
        }
        if (!name.chars().allMatch(c -> isLetterOrDigit(c) || c == '.' || c == '-')) {
            throw invalid("a bucket name consists of lower-case letters, digits, dots and hyphens");
        }
        if (!isLetterOrDigit(name.charAt(0)) || !isLetterOrDigit(name.charAt(name.length() - 1))) {
            throw invalid("a bucket name begins and ends with a letter or digit");
        }
        if (name.contains("..") || isAddress(name)) {
            throw invalid("a bucket name has no two dots in a row and is no IP address");
        }
        if (RESERVED_PREFIXES.stream().anyMatch(name::startsWith)
                || RESERVED_SUFFIXES.stream().anyMatch(name::endsWith)) {
            throw invalid("the bucket name begins or ends with what S3 reserves");
        }
    }

    private static boolean isLetterOrDigit(int c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }

    private static boolean isAddress(String name) {
        String[] parts = name.split("\\.", -1);
        return parts.length == 4 && List.of(parts).stream().allMatch(BucketName::isNumber);
    }

    private static boolean isNumber(String part) {
        return !part.isEmpty() && part.length() <= 3 && part.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static ObjectException invalid(String message) {
        return new ObjectException(ObjectError.INVALID_BUCKET_NAME, message);
    }
}
