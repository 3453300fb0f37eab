package io.chordata.node.block;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** MD5 and the checksums asked for, in one pass over a body. Used by one thread at a time. */
public final class Digester {
    /** Small enough to stay in the processor's cache while one algorithm after the other goes over it. */
    private static final int STRIDE_BYTES = 64 << 10;

    private final RunningChecksum md5 = RunningChecksum.md5();
    private final Map<ChecksumAlgorithm, RunningChecksum> checksums = new EnumMap<>(ChecksumAlgorithm.class);

    public Digester(Set<ChecksumAlgorithm> algorithms) {
        algorithms.forEach(algorithm -> checksums.put(algorithm, RunningChecksum.of(algorithm)));
    }

    public void update(Buffer bytes) {
        for (ByteBuffer component : ((BufferInternal) bytes).getByteBuf().nioBuffers()) {
            for (int at = component.position(); at < component.limit(); at += STRIDE_BYTES) {
                update(component, at, Math.min(STRIDE_BYTES, component.limit() - at));
            }
        }
    }

    private void update(ByteBuffer component, int offset, int length) {
        md5.update(component.slice(offset, length));
        for (RunningChecksum checksum : checksums.values()) {
            checksum.update(component.slice(offset, length));
        }
    }

    /** The values over all that was added; nothing can be added any more. */
    public Digests finish() {
        Map<ChecksumAlgorithm, byte[]> values = new EnumMap<>(ChecksumAlgorithm.class);
        checksums.forEach((algorithm, checksum) -> values.put(algorithm, checksum.finish()));
        return new Digests(md5.finish(), Collections.unmodifiableMap(values));
    }
}
