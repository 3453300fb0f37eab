package io.chordata.node.core;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;

/** Bytes as a release once wrote them, kept as hex digits among the resources: later releases must still read them. */
public final class GoldenFile {
    private GoldenFile() {}

    /** @param name folder and file, without {@code .hex} */
    public static byte[] bytes(String name) {
        try (InputStream file = GoldenFile.class.getResourceAsStream("/" + name + ".hex")) {
            byte[] text = Objects.requireNonNull(file, name).readAllBytes();
            return HexFormat.of().parseHex(new String(text, StandardCharsets.US_ASCII).strip());
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }
}
