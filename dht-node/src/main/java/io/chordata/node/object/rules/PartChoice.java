package io.chordata.node.object.rules;

import com.google.protobuf.ByteString;
import io.chordata.node.object.rules.MessageProtos.CompleteUpload;
import io.chordata.node.object.rules.MessageProtos.CompleteUpload.NamedPart;
import io.chordata.node.object.rules.MessageProtos.Refusal.Reason;
import io.chordata.node.object.rules.RowProtos.Checksum;
import io.chordata.node.object.rules.RowProtos.Part;
import java.util.ArrayList;
import java.util.List;

/** Finds the parts that a complete names among those stored; both lists rise by number. */
final class PartChoice {
    private static final long MIN_PART_BYTES = 5L << 20;

    private final CompleteUpload complete;
    private final List<Part> stored;

    PartChoice(CompleteUpload complete, List<Part> stored) {
        this.complete = complete;
        this.stored = stored;
    }

    List<Part> choose() {
        checkOrder();
        List<Part> chosen = new ArrayList<>();
        int next = 0;
        for (NamedPart named : complete.getPartsList()) {
            while (next < stored.size() && stored.get(next).getNumber() < named.getNumber()) {
                next++;
            }
            if (next == stored.size() || !matches(stored.get(next), named)) {
                throw new RuleRefusal(
                        Reason.INVALID_PART, "part " + named.getNumber() + " was not uploaded, or not with that ETag");
            }
            chosen.add(stored.get(next));
        }
        checkSizes(chosen);
        return chosen;
    }

    private void checkOrder() {
        if (complete.getPartsCount() == 0) {
            throw new RuleRefusal(Reason.INVALID_REQUEST, "at least one part must be named");
        }
        int last = 0;
        for (NamedPart named : complete.getPartsList()) {
            if (named.getNumber() <= last) {
                throw new RuleRefusal(Reason.INVALID_PART_ORDER, "parts must be named in rising order of number");
            }
            last = named.getNumber();
        }
    }

    private static boolean matches(Part part, NamedPart named) {
        return part.getNumber() == named.getNumber()
                && part.getEtag().equals(named.getEtag())
                && (!named.hasChecksum() || sameChecksum(part.getChecksum(), named.getChecksum()));
    }

    private static boolean sameChecksum(Checksum stored, Checksum named) {
        ByteString value = stored.getValue();
        return stored.getAlgorithm() == named.getAlgorithm() && value.equals(named.getValue());
    }

    private static void checkSizes(List<Part> chosen) {
        for (Part part : chosen.subList(0, chosen.size() - 1)) {
            if (part.getSize() < MIN_PART_BYTES) {
                throw new RuleRefusal(
                        Reason.ENTITY_TOO_SMALL,
                        "part " + part.getNumber() + " has " + part.getSize() + " bytes; all but the last need "
                                + MIN_PART_BYTES);
            }
        }
    }
}
