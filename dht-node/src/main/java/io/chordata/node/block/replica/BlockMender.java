package io.chordata.node.block.replica;

import io.chordata.node.block.replica.BlockProtos.Ensure;
import io.chordata.node.block.replica.BlockProtos.Request;
import io.chordata.node.core.BlockRef;
import io.chordata.node.partition.raft.Member;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Tells members of copies that a read found bad or gone, so that they fetch them again. A hint: repair finds them as well. */
final class BlockMender {
    private static final int UNDER_WAY_MAX = 64;
    private static final long TIMEOUT_MILLIS = 60_000;

    private final MemberCalls calls;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicLong reported = new AtomicLong();

    BlockMender(MemberCalls calls) {
        this.calls = calls;
    }

    /** Copies that were found bad or gone so far. */
    long reported() {
        return reported.get();
    }

    void mend(BlockTag tag, Member member, BlockRef block) {
        reported.incrementAndGet();
        if (underWay.incrementAndGet() > UNDER_WAY_MAX) {
            underWay.decrementAndGet();
            return;
        }
        Request ensure = BlockMessages.request(block.partition(), member, tag)
                .setEnsure(Ensure.newBuilder().addIds(BlockMessages.id(block)))
                .build();
        calls.ask(member, ensure, TIMEOUT_MILLIS).onComplete(done -> underWay.decrementAndGet());
    }
}
