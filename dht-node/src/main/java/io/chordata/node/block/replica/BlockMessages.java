package io.chordata.node.block.replica;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.block.replica.BlockProtos.Id;
import io.chordata.node.block.replica.BlockProtos.Owner;
import io.chordata.node.block.replica.BlockProtos.Request;
import io.chordata.node.block.replica.BlockProtos.Tag;
import io.chordata.node.core.BlockOwner;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.BucketId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Uint128;
import io.chordata.node.core.UploadId;
import io.chordata.node.partition.raft.ConfigurationCodec;
import io.chordata.node.partition.raft.Member;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Between the package's own words and what is said to other nodes. What nobody could say does not decode. */
final class BlockMessages {
    private static final int KEY_BYTES_MAX = 1_024;

    private BlockMessages() {}

    static Request.Builder request(PartitionId partition, Member to, BlockTag tag) {
        return Request.newBuilder()
                .setPartition(partition.number())
                .setTenure(to.tenure())
                .setTag(tag(tag));
    }

    static Tag tag(BlockTag tag) {
        return Tag.newBuilder()
                .setGeneration(tag.generation())
                .setIndex(tag.configuration().index())
                .setConfiguration(ConfigurationCodec.toProto(tag.configuration()))
                .build();
    }

    static BlockTag tag(Tag tag) throws InvalidProtocolBufferException {
        if (tag.getIndex() < 0 || tag.getGeneration() < 0) {
            throw new InvalidProtocolBufferException("a tag with negative numbers");
        }
        try {
            return new BlockTag(tag.getGeneration(), ConfigurationCodec.of(tag.getIndex(), tag.getConfiguration()));
        } catch (IllegalArgumentException e) {
            throw new InvalidProtocolBufferException("a tag without a configuration: " + e.getMessage());
        }
    }

    static ByteString bytes(Uint128 value) {
        return ByteString.copyFrom(value.toBytes());
    }

    static Uint128 uint128(ByteString bytes) throws InvalidProtocolBufferException {
        if (bytes.size() != Uint128.BYTES) {
            throw new InvalidProtocolBufferException("an id has 16 bytes, got " + bytes.size());
        }
        return Uint128.fromBytes(bytes.toByteArray(), 0);
    }

    static Id id(BlockRef block) {
        return Id.newBuilder()
                .setBody(bytes(block.body().value()))
                .setIndex(block.index())
                .build();
    }

    static List<Id> ids(List<BlockRef> blocks) {
        return blocks.stream().map(BlockMessages::id).toList();
    }

    static BlockRef block(PartitionId partition, Id id) throws InvalidProtocolBufferException {
        if (id.getIndex() < 0) {
            throw new InvalidProtocolBufferException("a block with index " + id.getIndex());
        }
        return new BlockRef(partition, new BodyId(uint128(id.getBody())), id.getIndex());
    }

    static List<BlockRef> blocks(PartitionId partition, List<Id> ids) throws InvalidProtocolBufferException {
        List<BlockRef> blocks = new ArrayList<>(ids.size());
        for (Id id : ids) {
            blocks.add(block(partition, id));
        }
        return blocks;
    }

    /** Null if they are none. */
    static @Nullable List<BlockRef> blocksOrNull(PartitionId partition, List<Id> ids) {
        try {
            return blocks(partition, ids);
        } catch (InvalidProtocolBufferException e) {
            return null;
        }
    }

    static Owner owner(BlockOwner owner) {
        Owner.Builder message = Owner.newBuilder()
                .setBucket(bytes(owner.bucket().value()))
                .setKey(ByteString.copyFrom(owner.key()))
                .setPart(owner.part())
                .setStartedMillis(owner.startedMillis());
        if (owner.upload() != null) {
            message.setUpload(bytes(owner.upload().value()));
        }
        return message.build();
    }

    static BlockOwner owner(Owner owner) throws InvalidProtocolBufferException {
        if (owner.getKey().size() > KEY_BYTES_MAX || owner.getPart() < 0 || owner.getStartedMillis() < 0) {
            throw new InvalidProtocolBufferException("an owner that no block can have");
        }
        UploadId upload = owner.getUpload().isEmpty() ? null : new UploadId(uint128(owner.getUpload()));
        return new BlockOwner(
                new BucketId(uint128(owner.getBucket())),
                owner.getKey().toByteArray(),
                upload,
                owner.getPart(),
                owner.getStartedMillis());
    }
}
