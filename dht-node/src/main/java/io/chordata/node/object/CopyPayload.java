package io.chordata.node.object;

import io.chordata.node.block.ChecksumAlgorithm;
import io.chordata.node.block.Digests;
import io.chordata.node.block.Payload;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Bytes of a stored object on their way into another. They were verified as they were read. */
record CopyPayload(
        ReadStream<Buffer> stream, long length, @Nullable ChecksumAlgorithm checksum) implements Payload {
    static CopyPayload of(OpenObject source, @Nullable ChecksumAlgorithm checksum) {
        ReadStream<Buffer> stream = source.stream() != null ? source.stream() : new InlineStream(source.inline());
        return new CopyPayload(stream, source.range().length(), checksum);
    }

    @Override
    public Set<ChecksumAlgorithm> checksums() {
        return checksum == null ? Set.of() : Set.of(checksum);
    }

    @Override
    public void verify(Digests digests) {
        // whoever wrote the source made its promises, and they were kept
    }
}
