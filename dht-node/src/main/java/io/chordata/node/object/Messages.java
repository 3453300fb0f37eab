package io.chordata.node.object;

import com.google.protobuf.ByteString;
import io.chordata.node.block.BodyRef;
import io.chordata.node.block.ChecksumAlgorithm;
import io.chordata.node.object.rules.MessageProtos.Conditions;
import io.chordata.node.object.rules.RowProtos.Algorithm;
import io.chordata.node.object.rules.RowProtos.Body;
import io.chordata.node.object.rules.RowProtos.Checksum;
import io.chordata.node.object.rules.RowProtos.ChecksumType;
import io.chordata.node.object.rules.RowProtos.Head;
import io.chordata.node.object.rules.RowProtos.Header;
import io.chordata.node.object.rules.RowProtos.Metadata;
import io.chordata.node.object.rules.RowProtos.Part;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Between the layer's own words and the messages that the rules understand. */
final class Messages {
    /** Of objects in buckets without versioning. */
    private static final String NULL_VERSION = "null";

    private Messages() {}

    static StoredObject object(ObjectKey key, Head head) {
        return new StoredObject(
                key,
                NULL_VERSION,
                head.getSize(),
                head.getEtag(),
                head.getModifiedMillis(),
                metadata(head.getMetadata()),
                head.hasChecksum() ? checksum(head.getChecksum()) : null,
                head.getParts());
    }

    /** @param number under which clients know it */
    static StoredPart part(int number, Part part) {
        return new StoredPart(
                number,
                part.getSize(),
                HexFormat.of().formatHex(part.getEtag().toByteArray()),
                part.getModifiedMillis(),
                part.hasChecksum() ? checksum(part.getChecksum()) : null);
    }

    static BodyRef body(Body body) {
        return new BodyRef(Ids.body(body.getId()), body.getSize(), body.getBlockBytes());
    }

    static Body body(BodyRef body, long startedMillis) {
        return Body.newBuilder()
                .setId(Ids.of(body.id()))
                .setSize(body.size())
                .setBlockBytes(body.blockBytes())
                .setStartedMillis(startedMillis)
                .build();
    }

    static Conditions conditions(WriteConditions conditions) {
        Conditions.Builder message = Conditions.newBuilder().setIfNoneMatch(conditions.ifNoneMatch());
        if (conditions.ifMatch() != null) {
            message.setIfMatch(conditions.ifMatch());
        }
        return message.build();
    }

    /** In order of name, so that equal metadata gives equal bytes. */
    static Metadata metadata(ObjectMetadata metadata) {
        return Metadata.newBuilder()
                .addAllHeaders(headers(metadata.headers()))
                .addAllUser(headers(metadata.user()))
                .build();
    }

    static ObjectMetadata metadata(Metadata metadata) {
        return new ObjectMetadata(map(metadata.getHeadersList()), map(metadata.getUserList()));
    }

    private static List<Header> headers(Map<String, String> map) {
        return new TreeMap<>(map)
                .entrySet().stream()
                        .map(entry -> Header.newBuilder()
                                .setName(entry.getKey())
                                .setValue(entry.getValue())
                                .build())
                        .toList();
    }

    private static Map<String, String> map(List<Header> headers) {
        Map<String, String> map = new LinkedHashMap<>();
        headers.forEach(header -> map.put(header.getName(), header.getValue()));
        return Collections.unmodifiableMap(map);
    }

    static Checksum checksum(StoredChecksum checksum) {
        return Checksum.newBuilder()
                .setAlgorithm(algorithm(checksum.algorithm()))
                .setType(type(checksum.type()))
                .setValue(ByteString.copyFrom(checksum.value()))
                .build();
    }

    static StoredChecksum checksum(Checksum checksum) {
        return new StoredChecksum(
                ChecksumAlgorithm.valueOf(checksum.getAlgorithm().name()),
                StoredChecksum.Type.valueOf(checksum.getType().name()),
                checksum.getValue().toByteArray());
    }

    static Algorithm algorithm(@Nullable ChecksumAlgorithm algorithm) {
        return algorithm == null ? Algorithm.ALGORITHM_NONE : Algorithm.valueOf(algorithm.name());
    }

    static @Nullable ChecksumAlgorithm algorithm(Algorithm algorithm) {
        return algorithm == Algorithm.ALGORITHM_NONE ? null : ChecksumAlgorithm.valueOf(algorithm.name());
    }

    static ChecksumType type(StoredChecksum.@Nullable Type type) {
        return type == null ? ChecksumType.CHECKSUM_TYPE_NONE : ChecksumType.valueOf(type.name());
    }

    static StoredChecksum.@Nullable Type type(ChecksumType type) {
        return type == ChecksumType.CHECKSUM_TYPE_NONE ? null : StoredChecksum.Type.valueOf(type.name());
    }
}
