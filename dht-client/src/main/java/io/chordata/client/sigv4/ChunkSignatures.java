package io.chordata.client.sigv4;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The chain of signatures over the chunks of a body: each covers its chunk and the signature before it, beginning with
 * the request's; the last chunk is empty, and a trailer may follow it. One for each body, used by one thread.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html">S3 API reference,
 *     Signature calculations for trailing headers</a>
 */
public final class ChunkSignatures {
    private final Signer signer;
    private String previous;

    ChunkSignatures(Signer signer, String seedSignature) {
        this.signer = signer;
        this.previous = seedSignature;
    }

    /**
     * The next chunk's signature.
     *
     * @param sha256 of the chunk's bytes
     */
    public String next(byte[] sha256) {
        previous = signer.signChunk(previous, sha256);
        return previous;
    }

    /**
     * The signature of what follows the last chunk.
     *
     * @param trailers lower-case names and trimmed values, in the order sent
     */
    public String trailer(Map<String, String> trailers) {
        StringBuilder text = new StringBuilder();
        trailers.forEach(
                (name, value) -> text.append(name).append(':').append(value).append('\n'));
        byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        return signer.signTrailer(previous, Sha256.hash(bytes, bytes.length));
    }
}
