package io.chordata.node.object;

import com.google.protobuf.ByteString;
import io.chordata.node.block.Bodies;
import io.chordata.node.block.BodySlice;
import io.chordata.node.object.Objects.Choice;
import io.chordata.node.object.rules.MessageProtos.GetObject;
import io.chordata.node.object.rules.MessageProtos.ObjectAnswer;
import io.chordata.node.object.rules.MessageProtos.Query;
import io.chordata.node.object.rules.RowProtos.Part;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Reads objects: the record first, then the bytes that it names. Between the two the version may be overwritten and even
 * collected, so a block that is missing makes it read the record once more, as long as nothing was sent.
 */
final class ObjectReader {
    private final Index index;
    private final Buckets buckets;
    private final Bodies bodies;

    ObjectReader(Index index, Buckets buckets, Bodies bodies) {
        this.index = index;
        this.buckets = buckets;
        this.bodies = bodies;
    }

    Future<ObjectAnswer> record(String bucket, ObjectKey key, boolean withContent) {
        GetObject get = GetObject.newBuilder()
                .setKey(ByteString.copyFrom(key.bytes()))
                .setWithContent(withContent)
                .build();
        return buckets.use(
                bucket,
                found -> index.read(found, key, Query.newBuilder().setGetObject(get))
                        .map(answer -> answer.getObject()));
    }

    Future<OpenObject> open(String bucket, ObjectKey key, int part, Function<Choice, ByteRange> choose) {
        return record(bucket, key, true)
                .compose(first -> open(key, first, part, choose)
                        .recover(failure -> openNewer(bucket, key, first, part, choose, failure)));
    }

    private Future<OpenObject> openNewer(
            String bucket,
            ObjectKey key,
            ObjectAnswer first,
            int part,
            Function<Choice, ByteRange> choose,
            Throwable failure) {
        if (!Failures.is(failure, ObjectError.UNREADABLE)) {
            return Future.failedFuture(failure);
        }
        return record(bucket, key, true)
                .compose(second ->
                        second.getHead().getSequence() == first.getHead().getSequence()
                                ? Future.failedFuture(failure)
                                : open(key, second, part, choose));
    }

    private Future<OpenObject> open(ObjectKey key, ObjectAnswer answer, int part, Function<Choice, ByteRange> choose) {
        StoredObject object = Messages.object(key, answer.getHead());
        List<Part> parts = answer.getContent().getManifest().getPartsList();
        Choice choice = choice(object, parts, part);
        ByteRange range = choose.apply(choice);
        require(range, choice.size());
        if (range.length() == 0) {
            return Future.succeededFuture(new OpenObject(object, range, null, null));
        }
        long start = range.offset() + offsetOf(parts, part);
        if (answer.getContent().hasInlined()) {
            return Future.succeededFuture(new OpenObject(
                    object, range, slice(answer.getContent().getInlined(), start, range.length()), null));
        }
        return bodies.read(slices(parts, start, range.length()))
                .recover(Failures::ofStep)
                .map(stream -> new OpenObject(object, range, null, stream));
    }

    /** Parts are known to readers by their place, as S3 numbers them once an object is complete. */
    private static Choice choice(StoredObject object, List<Part> parts, int part) {
        if (part == 0 || part == 1 && object.parts() == 0) {
            return new Choice(object, 0, object.size(), null);
        }
        if (part > object.parts()) {
            throw new ObjectException(
                    ObjectError.INVALID_PART_NUMBER,
                    "the object has " + Math.max(1, object.parts()) + " parts, there is no part " + part);
        }
        StoredPart stored = Messages.part(part, parts.get(part - 1));
        return new Choice(object, offsetOf(parts, part), stored.size(), stored.checksum());
    }

    private static void require(ByteRange range, long size) {
        if (range.offset() < 0 || range.length() < 0 || range.offset() > size - range.length()) {
            throw new IllegalArgumentException(range + " is not within " + size + " bytes");
        }
    }

    private static long offsetOf(List<Part> parts, int part) {
        return part <= 1
                ? 0
                : parts.subList(0, part - 1).stream().mapToLong(Part::getSize).sum();
    }

    private static Buffer slice(ByteString inlined, long offset, long length) {
        return Buffer.buffer(
                inlined.substring((int) offset, (int) (offset + length)).toByteArray());
    }

    private static List<BodySlice> slices(List<Part> parts, long offset, long length) {
        List<BodySlice> slices = new ArrayList<>();
        long end = offset + length;
        long partStart = 0;
        for (Part part : parts) {
            long partEnd = partStart + part.getSize();
            long from = Math.max(offset, partStart);
            long to = Math.min(end, partEnd);
            if (from < to) {
                slices.add(new BodySlice(Messages.body(part.getBody()), from - partStart, to - from));
            }
            partStart = partEnd;
        }
        return slices;
    }
}
