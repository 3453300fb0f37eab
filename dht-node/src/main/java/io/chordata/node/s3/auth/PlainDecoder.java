package io.chordata.node.s3.auth;

import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A body as it is, of a length known ahead. */
final class PlainDecoder implements BodyDecoder {
    private final long length;
    private long received;

    PlainDecoder(long length) {
        this.length = length;
    }

    @Override
    public void decode(Buffer wire, Consumer<Buffer> decoded) {
        received += wire.length();
        if (received > length) {
            throw ended("more than");
        }
        decoded.accept(wire);
    }

    @Override
    public void end() {
        if (received < length) {
            throw ended("only " + received + " of");
        }
    }

    @Override
    public @Nullable String trailer() {
        return null;
    }

    private AuthException ended(String howMuch) {
        return new AuthException(
                AuthError.INCOMPLETE_BODY, "The body has " + howMuch + " the " + length + " bytes announced");
    }
}
