package io.chordata.client.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes lines as a {@link PrintWriter} does, and remembers why it could not, so that a full disk is no closed pipe. */
public final class StandardOutput extends PrintWriter {
    private final Remembering bytes;

    public StandardOutput(OutputStream bytes) {
        this(new Remembering(bytes));
    }

    private StandardOutput(Remembering bytes) {
        super(bytes, true, StandardCharsets.UTF_8);
        this.bytes = bytes;
    }

    /** The first one; null as long as all went well. */
    @Nullable
    IOException failure() {
        return bytes.failure;
    }

    private static final class Remembering extends FilterOutputStream {
        private volatile @Nullable IOException failure;

        Remembering(OutputStream bytes) {
            super(bytes);
        }

        @Override
        public void write(byte[] some, int offset, int length) throws IOException {
            try {
                out.write(some, offset, length);
            } catch (IOException e) {
                failure = failure == null ? e : failure;
                throw e;
            }
        }
    }
}
