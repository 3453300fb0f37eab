package io.chordata.node.s3;

import io.chordata.node.block.ChecksumAlgorithm;
import io.chordata.node.object.StoredChecksum;
import io.chordata.node.s3.xml.XmlWriter;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Checksums of objects and parts in headers and in XML. */
final class Checksums {
    private Checksums() {}

    /** The checksum and its type as headers, if there is one. */
    static void putHeaders(S3Answer answer, @Nullable StoredChecksum checksum, int parts) {
        if (checksum != null) {
            answer.header(checksum.algorithm().headerName(), text(checksum, parts));
            answer.header("x-amz-checksum-type", checksum.type().name());
        }
    }

    /** The checksum and its type as elements, if there is one. */
    static void write(XmlWriter xml, @Nullable StoredChecksum checksum, int parts) {
        writeValue(xml, checksum, parts);
        if (checksum != null) {
            xml.element("ChecksumType", checksum.type().name());
        }
    }

    /** The checksum as an element, if there is one. */
    static void writeValue(XmlWriter xml, @Nullable StoredChecksum checksum, int parts) {
        if (checksum != null) {
            xml.element("Checksum" + checksum.algorithm().name(), text(checksum, parts));
        }
    }

    private static String text(StoredChecksum checksum, int parts) {
        String value = Base64.getEncoder().encodeToString(checksum.value());
        return checksum.type() == StoredChecksum.Type.COMPOSITE ? value + '-' + parts : value;
    }

    /** Null if there is no such header. */
    static @Nullable ChecksumAlgorithm algorithm(S3Request request, String header) {
        String value = request.header(header);
        if (value == null || value.isEmpty()) {
            return null;
        }
        for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
            if (algorithm.name().equals(value.toUpperCase(Locale.ROOT))) {
                return algorithm;
            }
        }
        throw S3Error.INVALID_REQUEST.with("Checksum algorithm provided is unsupported: " + value + ".");
    }

    /** Null if there is no such header. */
    static StoredChecksum.@Nullable Type type(S3Request request) {
        String value = request.header("x-amz-checksum-type");
        if (value == null || value.isEmpty()) {
            return null;
        }
        for (StoredChecksum.Type type : StoredChecksum.Type.values()) {
            if (type.name().equals(value.toUpperCase(Locale.ROOT))) {
                return type;
            }
        }
        throw S3Error.INVALID_REQUEST.with("Value for x-amz-checksum-type header is invalid: " + value + ".");
    }

    /** The checksum that a header gives for a whole object, or null; COMPOSITE ones may end with the number of parts. */
    static @Nullable StoredChecksum ofObject(S3Request request, StoredChecksum.@Nullable Type type) {
        StoredChecksum found = null;
        for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
            String text = request.header(algorithm.headerName());
            if (text == null) {
                continue;
            }
            if (found != null) {
                throw S3Error.INVALID_REQUEST.with("Expecting a single x-amz-checksum- header.");
            }
            found = parse(algorithm, text, type);
        }
        return found;
    }

    private static StoredChecksum parse(ChecksumAlgorithm algorithm, String text, StoredChecksum.@Nullable Type type) {
        int dash = text.indexOf('-');
        StoredChecksum.Type implied = dash < 0 ? defaultType(algorithm) : StoredChecksum.Type.COMPOSITE;
        try {
            byte[] value = Base64.getDecoder().decode(dash < 0 ? text : text.substring(0, dash));
            if (value.length == algorithm.bytes()) {
                return new StoredChecksum(algorithm, type == null ? implied : type, value);
            }
        } catch (IllegalArgumentException e) {
            // answered below, together with values of a wrong length
        }
        throw S3Error.INVALID_REQUEST.with("Value for " + algorithm.headerName() + " header is invalid.");
    }

    /** What an upload gets that names no type. */
    static StoredChecksum.Type defaultType(ChecksumAlgorithm algorithm) {
        return algorithm == ChecksumAlgorithm.CRC64NVME
                ? StoredChecksum.Type.FULL_OBJECT
                : StoredChecksum.Type.COMPOSITE;
    }
}
