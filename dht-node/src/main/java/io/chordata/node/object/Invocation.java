package io.chordata.node.object;

import io.chordata.node.core.BucketId;
import io.chordata.node.core.DerivedIds;
import io.chordata.node.core.RandomSource;
import io.chordata.node.core.RequestId;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One request of a client as the source of its commands' ids. A client that asks again under the same name is given the ids
 * of the first time, so what was done then is not done again, at whichever node it asks. Belongs to one request; not for
 * several threads.
 */
public final class Invocation {
    private final @Nullable RequestId name;
    private final RandomSource random;
    private @Nullable BucketId last;
    private int again;

    private Invocation(@Nullable RequestId name, RandomSource random) {
        this.name = name;
        this.random = random;
    }

    /** Of a client that says nothing by which it could be known again: every id is new. */
    public static Invocation unnamed(RandomSource random) {
        return new Invocation(null, random);
    }

    /** @param name the same whenever the client means the same request, and no other's */
    public static Invocation named(RequestId name, RandomSource random) {
        return new Invocation(name, random);
    }

    /** A request within this one, told apart from others by {@code what}. */
    Invocation of(byte[] what) {
        return name == null ? this : named(DerivedIds.requestId(name.value().toBytes(), what), random);
    }

    /**
     * The id of a command to one of the bucket's shards. A command that is tried again because the bucket was being made or
     * deleted is another one, as the refusal of the first is what the first id stands for.
     */
    RequestId next(BucketId bucket) {
        if (name == null) {
            return RequestId.random(random);
        }
        again = bucket.equals(last) ? again + 1 : 0;
        last = bucket;
        byte[] attempt = ByteBuffer.allocate(Integer.BYTES).putInt(again).array();
        return DerivedIds.requestId(name.value().toBytes(), bucket.value().toBytes(), attempt);
    }
}
