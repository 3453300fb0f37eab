package io.chordata.node.object.rules;

import com.google.protobuf.ByteString;
import io.chordata.node.block.ChecksumAlgorithm;
import io.chordata.node.block.ChecksumCombiner;
import io.chordata.node.object.rules.MessageProtos.CompleteUpload;
import io.chordata.node.object.rules.MessageProtos.Refusal.Reason;
import io.chordata.node.object.rules.RowProtos.Algorithm;
import io.chordata.node.object.rules.RowProtos.Checksum;
import io.chordata.node.object.rules.RowProtos.ChecksumType;
import io.chordata.node.object.rules.RowProtos.Part;
import io.chordata.node.object.rules.RowProtos.UploadRow;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The checksum of an object made of parts, from those of the parts. */
final class ObjectChecksum {
    private final UploadRow upload;
    private final List<Part> parts;

    ObjectChecksum(UploadRow upload, List<Part> parts) {
        this.upload = upload;
        this.parts = parts;
    }

    /** Holds the parts against what the client expects of the whole; the checksum to keep, null for none. */
    @Nullable
    Checksum verify(CompleteUpload complete) {
        long size = parts.stream().mapToLong(Part::getSize).sum();
        if (complete.hasSize() && complete.getSize() != size) {
            throw new RuleRefusal(Reason.INVALID_REQUEST, "the parts named have " + size + " bytes together");
        }
        Checksum expected = complete.hasChecksum() ? complete.getChecksum() : null;
        Algorithm algorithm = upload.getAlgorithm();
        ChecksumType type = upload.getChecksumType();
        if (algorithm == Algorithm.ALGORITHM_NONE && expected != null) {
            algorithm = expected.getAlgorithm();
            type = expected.getType();
        }
        if (algorithm == Algorithm.ALGORITHM_NONE) {
            return null;
        }
        Checksum computed = compute(algorithm, type);
        if (expected != null && !expected.equals(computed)) {
            throw new RuleRefusal(Reason.BAD_DIGEST, "the checksum given is not that of the parts");
        }
        return computed;
    }

    private Checksum compute(Algorithm algorithm, ChecksumType type) {
        for (Part part : parts) {
            if (part.getChecksum().getAlgorithm() != algorithm) {
                throw new RuleRefusal(
                        Reason.INVALID_REQUEST, "part " + part.getNumber() + " has no checksum of type " + algorithm);
            }
        }
        byte[] value = type == ChecksumType.FULL_OBJECT ? combined(algorithm) : composite(algorithm);
        return Checksum.newBuilder()
                .setAlgorithm(algorithm)
                .setType(type)
                .setValue(ByteString.copyFrom(value))
                .build();
    }

    private byte[] combined(Algorithm algorithm) {
        ChecksumAlgorithm crc = ChecksumAlgorithm.valueOf(algorithm.name());
        if (!crc.combines()) {
            throw new RuleRefusal(Reason.INVALID_REQUEST, algorithm + " has no checksum of the full object");
        }
        byte[] value = parts.get(0).getChecksum().getValue().toByteArray();
        for (Part part : parts.subList(1, parts.size())) {
            value = ChecksumCombiner.combine(
                    crc, value, part.getChecksum().getValue().toByteArray(), part.getSize());
        }
        return value;
    }

    private byte[] composite(Algorithm algorithm) {
        ByteString values = ByteString.copyFrom(
                parts.stream().map(part -> part.getChecksum().getValue()).toList());
        return switch (algorithm) {
            case CRC32 -> Hashes.crc(new CRC32(), values);
            case CRC32C -> Hashes.crc(new CRC32C(), values);
            case SHA1 -> Hashes.sha1().digest(values.toByteArray());
            case SHA256 -> Hashes.sha256().digest(values.toByteArray());
            default ->
                throw new RuleRefusal(Reason.INVALID_REQUEST, algorithm + " has no checksum of the parts' checksums");
        };
    }
}
