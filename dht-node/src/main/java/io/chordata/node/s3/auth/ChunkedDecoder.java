package io.chordata.node.s3.auth;

import io.chordata.client.sigv4.ChunkSignatures;
import io.chordata.client.sigv4.Hex;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The aws-chunked encoding: {@code SIZE[;chunk-signature=S]} CRLF, the chunk, CRLF, and so on to a chunk of size 0, then
 * trailers, each in a line, and an empty line. Keeps no more than a line; chunks are handed on as they arrive, before
 * their signature can be checked, so what was handed on counts only after {@link #end}.
 *
 * <p>Some clients end a trailer with LF alone and send an empty line before its signature; both are taken.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html">S3 API reference</a>
 */
final class ChunkedDecoder implements BodyDecoder {
    private static final int MIN_CHUNK_BYTES = 8 << 10;
    private static final int MAX_LINE_BYTES = 1024;
    private static final int MAX_SIZE_DIGITS = 15;
    private static final String SIGNATURE_EXTENSION = "chunk-signature=";

    private final @Nullable ChunkSignatures signatures;
    private final @Nullable MessageDigest sha256;
    private final Trailers trailers;
    private final byte[] line = new byte[MAX_LINE_BYTES];

    private State state = State.CHUNK_HEADER;
    private int lineLength;
    private long decodedRest;
    private long chunkRest;
    private String claimed = "";
    private long chunkSize = MIN_CHUNK_BYTES;
    private long chunkNumber;

    private enum State {
        CHUNK_HEADER,
        CHUNK,
        CHUNK_END,
        TRAILERS,
        DONE
    }

    /**
     * @param length of the decoded body
     * @param signatures null if chunks are not signed
     */
    ChunkedDecoder(long length, @Nullable ChunkSignatures signatures, Trailers trailers) {
        this.decodedRest = length;
        this.signatures = signatures;
        this.sha256 = signatures == null ? null : sha256();
        this.trailers = trailers;
    }

    @Override
    public void decode(Buffer wire, Consumer<Buffer> decoded) {
        int at = 0;
        while (at < wire.length()) {
            at = state == State.CHUNK ? takeChunk(wire, at, decoded) : takeLine(wire, at);
        }
    }

    @Override
    public void end() {
        if (state != State.DONE) {
            throw broken("ended before its last chunk");
        }
    }

    @Override
    public @Nullable String trailer() {
        return trailers.value();
    }

    private int takeChunk(Buffer wire, int from, Consumer<Buffer> decoded) {
        int taken = (int) Math.min(wire.length() - from, chunkRest);
        if (sha256 != null) {
            sha256.update(((BufferInternal) wire).getByteBuf().nioBuffer(from, taken));
        }
        decoded.accept(wire.slice(from, from + taken));
        chunkRest -= taken;
        decodedRest -= taken;
        if (chunkRest == 0) {
            verifyChunk();
            state = State.CHUNK_END;
        }
        return from + taken;
    }

    private int takeLine(Buffer wire, int from) {
        if (state == State.DONE) {
            throw broken("goes on after its end");
        }
        for (int at = from; at < wire.length(); at++) {
            byte next = wire.getByte(at);
            if (next == '\n') {
                onLine(lineText());
                lineLength = 0;
                return at + 1;
            }
            if (lineLength == MAX_LINE_BYTES) {
                throw broken("has a line of more than " + MAX_LINE_BYTES + " bytes");
            }
            line[lineLength++] = next;
        }
        return wire.length();
    }

    @SuppressWarnings("deprecation") // a char for each byte
    private String lineText() {
        boolean carriageReturn = lineLength > 0 && line[lineLength - 1] == '\r';
        return new String(line, 0, 0, carriageReturn ? lineLength - 1 : lineLength);
    }

    private void onLine(String text) {
        switch (state) {
            case CHUNK_HEADER -> onChunkHeader(text);
            case CHUNK_END -> onChunkEnd(text);
            case TRAILERS -> onTrailer(text);
            case CHUNK, DONE -> throw new IllegalStateException("no line is taken in state " + state);
        }
    }

    private void onChunkHeader(String text) {
        int semicolon = text.indexOf(';');
        chunkRest = size(semicolon < 0 ? text : text.substring(0, semicolon));
        chunkNumber++;
        requireLastIfSmall();
        claimed = claimedSignature(semicolon < 0 ? "" : text.substring(semicolon + 1));
        if (chunkRest > 0) {
            state = State.CHUNK;
            return;
        }
        if (decodedRest > 0) {
            throw broken("is " + decodedRest + " bytes shorter than x-amz-decoded-content-length");
        }
        verifyChunk();
        state = State.TRAILERS;
    }

    /** S3 sets the minimum; without it a client could have us check a signature for every byte. */
    private void requireLastIfSmall() {
        if (chunkRest > 0 && chunkSize < MIN_CHUNK_BYTES) {
            Map<String, String> details = new LinkedHashMap<>();
            details.put("Chunk", Long.toString(chunkNumber));
            details.put("BadChunkSize", Long.toString(chunkSize));
            throw new AuthException(
                    AuthError.CHUNK_TOO_SMALL,
                    "Only the last chunk is allowed to have a size less than " + MIN_CHUNK_BYTES + " bytes",
                    details);
        }
        chunkSize = chunkRest;
    }

    private long size(String digits) {
        if (digits.isEmpty() || digits.length() > MAX_SIZE_DIGITS) {
            throw broken("has a chunk without a valid size");
        }
        long size = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = Hex.digit(digits.charAt(i));
            if (digit < 0) {
                throw broken("has a chunk without a valid size");
            }
            size = size << 4 | digit;
        }
        if (size > decodedRest) {
            throw broken("is longer than x-amz-decoded-content-length");
        }
        return size;
    }

    private String claimedSignature(String extension) {
        if (signatures == null && extension.isEmpty()) {
            return "";
        }
        if (signatures == null || !extension.startsWith(SIGNATURE_EXTENSION)) {
            throw broken("has a chunk header that does not fit to x-amz-content-sha256");
        }
        return extension.substring(SIGNATURE_EXTENSION.length());
    }

    private void verifyChunk() {
        if (signatures != null && sha256 != null) {
            String expected = signatures.next(sha256.digest());
            if (!Authenticator.sameSignature(expected, claimed)) {
                throw new AuthException(AuthError.SIGNATURE_MISMATCH, "The signature of a chunk does not match");
            }
        }
    }

    private void onChunkEnd(String text) {
        if (!text.isEmpty()) {
            throw broken("has a chunk that is longer than its size");
        }
        state = State.CHUNK_HEADER;
    }

    private void onTrailer(String text) {
        if (trailers.add(text, signatures)) {
            state = State.DONE;
        }
    }

    private static AuthException broken(String how) {
        return new AuthException(AuthError.INCOMPLETE_BODY, "The aws-chunked body " + how);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
