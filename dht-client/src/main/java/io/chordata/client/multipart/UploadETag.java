package io.chordata.client.multipart;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The ETag that S3 gives an object made of parts: the MD5 of their MD5s, a dash, and how many there are. */
public final class UploadETag {
    private UploadETag() {}

    /** @return empty if the parts' ETags are no MD5s, as with some kinds of encryption */
    public static Optional<String> of(List<String> partETags) {
        if (partETags.isEmpty() || !partETags.stream().allMatch(eTag -> eTag.matches("[0-9a-f]{32}"))) {
            return Optional.empty();
        }
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            partETags.forEach(eTag -> md5.update(HexFormat.of().parseHex(eTag)));
            return Optional.of(HexFormat.of().formatHex(md5.digest()) + '-' + partETags.size());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
