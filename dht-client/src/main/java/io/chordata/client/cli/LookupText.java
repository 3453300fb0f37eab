package io.chordata.client.cli;

import io.chordata.client.admin.Lookup;
import io.chordata.client.admin.Lookup.Hop;
import java.util.Locale;

/** The way of a lookup as text. */
final class LookupText {
    private static final double MICROS_PER_MILLI = 1_000;

    private LookupText() {}

    static String of(Lookup lookup, NodeNames names) {
        Table path = new Table(">hop", "node", "known from", ">ms", "position");
        for (int i = 0; i < lookup.path().size(); i++) {
            Hop hop = lookup.path().get(i);
            String position = hop.position();
            path.row(
                    i,
                    names.of(hop.node()),
                    Texts.lower(hop.source()),
                    String.format(Locale.ROOT, "%.1f", hop.roundTripMicros() / MICROS_PER_MILLI),
                    position == null ? "-" : position);
        }
        return "id         " + lookup.id() + "\nposition   " + lookup.position() + " of " + names.of(lookup.node())
                + "\npartition  " + lookup.partition() + ", to be kept by " + names.of(lookup.replicas()) + "\n\n"
                + path;
    }
}
