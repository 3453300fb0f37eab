package io.chordata.node.ring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The page and the plot of the figures of large rings, among the documents. */
record RingReport(Path docs) {
    /** Adds what was measured now to what stands there, and draws all of it. */
    void add(RingTable measured) {
        Path page = docs.resolve("ring.md");
        try {
            String text = Files.readString(page);
            int from = text.indexOf("\n\n|") + 2;
            int to = text.indexOf("\n\n", from);
            RingTable all =
                    RingTable.parse(text.substring(from, to).lines().toList()).with(measured);
            Files.writeString(page, text.substring(0, from) + String.join("\n", all.lines()) + text.substring(to));
            Files.writeString(docs.resolve("ring.svg"), new RingPlot(all.figures()).svg());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
