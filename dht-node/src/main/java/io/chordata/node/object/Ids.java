package io.chordata.node.object;

import com.google.protobuf.ByteString;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.BucketId;
import io.chordata.node.core.Uint128;
import io.chordata.node.core.UploadId;

/** Ids as the messages carry them. */
final class Ids {
    private Ids() {}

    static ByteString of(BucketId id) {
        return of(id.value());
    }

    static ByteString of(BodyId id) {
        return of(id.value());
    }

    static ByteString of(UploadId id) {
        return of(id.value());
    }

    static BucketId bucket(ByteString bytes) {
        return new BucketId(value(bytes));
    }

    static BodyId body(ByteString bytes) {
        return new BodyId(value(bytes));
    }

    static UploadId upload(ByteString bytes) {
        return new UploadId(value(bytes));
    }

    private static ByteString of(Uint128 value) {
        return ByteString.copyFrom(value.toBytes());
    }

    private static Uint128 value(ByteString bytes) {
        return Uint128.fromBytes(bytes.toByteArray(), 0);
    }
}
