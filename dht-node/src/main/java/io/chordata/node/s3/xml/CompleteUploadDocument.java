package io.chordata.node.s3.xml;

import io.chordata.node.block.ChecksumAlgorithm;
import io.chordata.node.object.StoredChecksum;
import io.chordata.node.object.Uploads;
import io.chordata.node.object.Uploads.CompletedPart;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code CompleteMultipartUpload}: the parts in the order given, at most 10,000. */
public final class CompleteUploadDocument implements DocumentShape<List<CompletedPart>> {
    private final List<CompletedPart> parts = new ArrayList<>();
    private @Nullable Integer number;
    private @Nullable String eTag;
    private @Nullable StoredChecksum checksum;

    @Override
    public String root() {
        return "CompleteMultipartUpload";
    }

    @Override
    public int maxBytes() {
        return 4 << 20;
    }

    @Override
    public void element(String path, String text) {
        switch (path) {
            case "Part" -> endPart(text);
            case "Part/PartNumber" -> number = XmlValues.once(path, number, XmlValues.integer(path, text));
            case "Part/ETag" -> eTag = XmlValues.once(path, eTag, XmlValues.eTag(text));
            default -> checksum(path, text);
        }
    }

    private void checksum(String path, String text) {
        for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
            if (path.equals("Part/Checksum" + algorithm.name())) {
                checksum = XmlValues.once(path, checksum, XmlValues.checksum(path, algorithm, text));
                return;
            }
        }
        throw DocumentShape.unexpected(path);
    }

    private void endPart(String text) {
        XmlValues.requireBlank("Part", text);
        if (number == null || eTag == null) {
            throw new XmlException("a Part needs a PartNumber and an ETag");
        }
        if (parts.size() == Uploads.MAX_PARTS) {
            throw new XmlException("more than " + Uploads.MAX_PARTS + " parts");
        }
        parts.add(new CompletedPart(number, eTag, checksum));
        number = null;
        eTag = null;
        checksum = null;
    }

    @Override
    public List<CompletedPart> build() {
        if (parts.isEmpty()) {
            throw new XmlException("at least one Part is needed");
        }
        return parts;
    }
}
