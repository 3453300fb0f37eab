package io.chordata.node.object;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The name of an object in its bucket: opaque UTF-8, 1 to 1,024 bytes, kept exactly; ordered by unsigned bytes. */
public record ObjectKey(String text) implements Comparable<ObjectKey> {
    public static final int MAX_BYTES = 1024;

    /** @throws ObjectException KEY_TOO_LONG, or INVALID_ARGUMENT if it is empty or has unpaired surrogates */
    public ObjectKey {
        int length = Utf8.strictLength(text);
        if (length < 1) {
            throw new ObjectException(ObjectError.INVALID_ARGUMENT, "an object key must be valid UTF-8 and not empty");
        }
        if (length > MAX_BYTES) {
            throw new ObjectException(ObjectError.KEY_TOO_LONG, "the key has " + length + " bytes, at most 1024 fit");
        }
    }

    public byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int compareTo(ObjectKey other) {
        return Arrays.compareUnsigned(bytes(), other.bytes());
    }

    @Override
    public String toString() {
        return text;
    }
}
