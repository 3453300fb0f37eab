package io.chordata.node.history;

/**
 * What a write leaves under a key. No two writes but copies have the same body, so that a read tells which write it saw.
 *
 * @param body the MD5 of the bytes in hex, which is also the ETag of a plain put and of a copy
 * @param eTag as S3 gives it, without quotes
 */
public record Version(String body, String eTag) {
    /** Of a body written in one piece. */
    public static Version plain(String md5) {
        return new Version(md5, md5);
    }

    /** What a copy of it leaves: one piece, whatever the source was made of. */
    Version copied() {
        return plain(body);
    }
}
