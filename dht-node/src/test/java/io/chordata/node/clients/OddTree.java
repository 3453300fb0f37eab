package io.chordata.node.clients;

import io.chordata.node.process.TestBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A tree of small files whose names try what clients and servers encode, escape and normalise. */
final class OddTree {
    private static final List<String> NAMES = List.of(
            "plain.txt",
            "with space.txt",
            " leading space",
            "two  spaces",
            "plus+sign",
            "percent%2Fslash",
            "percent%2e%2e",
            "percent%",
            "%",
            "dots..inside",
            "..leading",
            "...",
            ".hidden",
            "quote'single",
            "quote\"double",
            "angle<bracket>",
            "amp&ersand;semi",
            "hash#mark",
            "question?mark",
            "star*",
            "tilde~",
            "equals=sign",
            "at@colon:comma,",
            "bracket[1](2){3}",
            "dollar$caret^",
            "umlaut-\u00e4",
            "combining-a\u0308",
            "emoji-\ud83d\ude00",
            "\u65e5\u672c\u8a9e/\u30d5\u30a1\u30a4\u30eb",
            "folder with space/and+plus/file",
            "folder/.hidden folder/file",
            "folder/..x/file",
            "UPPER/case",
            "upper/CASE",
            "long-" + "x".repeat(200),
            "deep" + "/d".repeat(100) + "/file");

    private OddTree() {}

    /** Writes the tree; each file has its own bytes, from none to past the inline limit. */
    static void writeTo(Path folder) {
        for (int i = 0; i < NAMES.size(); i++) {
            Path file = folder.resolve(NAMES.get(i));
            create(file.resolveSibling(""));
            new TestBody(i * 700L, i).writeTo(file);
        }
    }

    static List<String> names() {
        return NAMES.stream().sorted().toList();
    }

    /** Relative path and hash of every file. */
    static Map<String, String> hashes(Path folder) {
        Map<String, String> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile)
                    .forEach(file -> hashes.put(folder.relativize(file).toString(), TestBody.sha256(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return hashes;
    }

    private static void create(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
