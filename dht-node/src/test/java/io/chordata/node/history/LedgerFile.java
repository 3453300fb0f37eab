package io.chordata.node.history;

import io.chordata.client.sigv4.UriEncoding;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A ledger's events, one a line, each on the disk's way when it is appended: number, event, hash or {@code -}, key. */
final class LedgerFile implements AutoCloseable {
    private static final String NO_HASH = "-";
    private static final int FIELDS = 4;

    private final BufferedWriter writer;

    enum Event {
        BEGUN,
        ACKNOWLEDGED,
        REFUSED,
        IN_DOUBT,
        /** By a verification. */
        FOUND
    }

    record Line(long number, Event event, Optional<String> hash, String key) {
        private static Line parse(String text) {
            String[] fields = text.split(" ", -1);
            if (fields.length != FIELDS) {
                throw new IllegalArgumentException("no event of a ledger: " + text);
            }
            return new Line(
                    Long.parseLong(fields[0]),
                    Event.valueOf(fields[1].toUpperCase(Locale.ROOT)),
                    fields[2].equals(NO_HASH) ? Optional.empty() : Optional.of(fields[2]),
                    URLDecoder.decode(fields[3], StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return number + " " + event.name().toLowerCase(Locale.ROOT) + " " + hash.orElse(NO_HASH) + " "
                    + UriEncoding.encode(key);
        }
    }

    private LedgerFile(BufferedWriter writer) {
        this.writer = writer;
    }

    static LedgerFile create(Path path) {
        try {
            return new LedgerFile(Files.newBufferedWriter(path, StandardOpenOption.CREATE_NEW));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Line> read(Path path) {
        try {
            List<Line> lines = new ArrayList<>();
            for (String line : Files.readAllLines(path)) {
                lines.add(Line.parse(line));
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void append(Event event, long number, Optional<String> hash, String key) {
        try {
            writer.write(new Line(number, event, hash, key) + "\n");
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
