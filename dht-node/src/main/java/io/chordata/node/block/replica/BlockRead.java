package io.chordata.node.block.replica;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.block.replica.BlockProtos.Answer;
import io.chordata.node.block.replica.BlockProtos.Outcome;
import io.chordata.node.block.replica.BlockProtos.Read;
import io.chordata.node.block.replica.BlockProtos.Request;
import io.chordata.node.core.BlockCorruptException;
import io.chordata.node.core.BlockMissingException;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Timers.Timer;
import io.chordata.node.partition.PartitionRefusedException;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.chordata.node.partition.raft.Member;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Some bytes of one block, from whichever member has them. Everything happens on the caller's loop.
 *
 * <p>Members are asked one after the other, the next one when the last has failed or takes longer than nearly all did lately.
 * That a block is missing is said only where a majority of the voters (both sets while joint) lack it: what is acknowledged
 * is on a majority. Where too few answer, it is not known.
 */
final class BlockRead {
    private final BlockPorts ports;
    private final ReplicaOptions options;
    private final MemberCalls calls;
    private final BlockMender mender;
    private final BlockRef block;
    private final int offset;
    private final int length;
    private final Promise<Buffer> done = Promise.promise();
    private final Map<Member, Outcome> failed = new TreeMap<>();
    private List<Member> order = List.of();
    private @Nullable Timer deadline;
    private @Nullable Timer hedge;
    private @Nullable BlockTag tag;
    private @Nullable BlockTag newer;
    private int next;
    private int round;
    private int underWay;
    private boolean over;
    private boolean patient = true;

    BlockRead(
            BlockPorts ports,
            ReplicaOptions options,
            MemberCalls calls,
            BlockMender mender,
            BlockRef block,
            int offset,
            int length) {
        this.ports = ports;
        this.options = options;
        this.calls = calls;
        this.mender = mender;
        this.block = block;
        this.offset = offset;
        this.length = length;
    }

    Future<Buffer> start() {
        deadline = ports.timers().once(options.deadlineMillis(), this::giveUp);
        locate();
        return done.future();
    }

    private PartitionId partition() {
        return block.partition();
    }

    private void locate() {
        ports.groups().locate(partition()).onComplete((found, failure) -> {
            if (over) {
                return;
            }
            if (found != null) {
                begin(tag != null && tag.isNewerThan(found) ? tag : found);
            } else {
                ports.timers().once(options.retryMillis(), this::locateAgain);
            }
        });
    }

    private void locateAgain() {
        if (!over) {
            locate();
        }
    }

    private void begin(BlockTag found) {
        tag = found;
        round++;
        failed.clear();
        order = order(found);
        next = 0;
        underWay = 0;
        patient = true;
        askNext();
    }

    /** This node first, then the better of two by recent latency, then the others; learners last, as they may lack it still. */
    private List<Member> order(BlockTag now) {
        List<Member> rest = new ArrayList<>(now.members());
        rest.removeAll(now.configuration().learners());
        List<Member> ordered = new ArrayList<>();
        while (!rest.isEmpty()) {
            Member chosen = rest.stream().filter(calls::isSelf).findFirst().orElseGet(() -> betterOfTwo(rest));
            rest.remove(chosen);
            ordered.add(chosen);
        }
        ordered.addAll(now.configuration().learners());
        return ordered;
    }

    private Member betterOfTwo(List<Member> members) {
        Member one = members.get(ports.random().nextInt(members.size()));
        Member other = members.get(ports.random().nextInt(members.size()));
        Latencies latencies = calls.latencies();
        return latencies.of(other.node()) < latencies.of(one.node()) ? other : one;
    }

    private void askNext() {
        Member member = order.get(next++);
        int askedIn = round;
        long beganNanos = ports.clock().monotonicNanos();
        underWay++;
        calls.ask(member, request(member)).onSuccess(answer -> {
            if (askedIn != round) {
                return;
            }
            if (!over) {
                underWay--;
                onAnswer(member, answer, beganNanos);
            } else if (done.future().succeeded()) {
                onLateAnswer(member, answer.header());
            }
        });
        hedgeLater();
    }

    private Request request(Member member) {
        BlockTag now = Objects.requireNonNull(tag);
        Read.Builder read = Read.newBuilder()
                .setId(BlockMessages.id(block))
                .setOffset(offset)
                .setLength(length);
        return BlockMessages.request(partition(), member, now).setRead(read).build();
    }

    private void hedgeLater() {
        cancel(hedge);
        int askedIn = round;
        long millis = Math.max(options.hedgeMinMillis(), calls.latencies().p95Nanos() / 1_000_000 + 1);
        hedge = ports.timers().once(millis, () -> {
            if (!over && askedIn == round) {
                onSlow();
            }
        });
    }

    private void onSlow() {
        if (next < order.size()) {
            askNext();
        } else {
            patient = false;
            conclude();
        }
    }

    private void onAnswer(Member member, BlockFrame<Answer> answer, long beganNanos) {
        Outcome outcome = answer.header().getOutcome();
        if (outcome == Outcome.DONE && answer.bytes().length() == length) {
            calls.latencies().noteServed(ports.clock().monotonicNanos() - beganNanos);
            succeed(answer.bytes());
            return;
        }
        if (outcome == Outcome.OUT_OF_BOUNDS) {
            fail(new IndexOutOfBoundsException(block + " is shorter than " + offset + " + " + length));
            return;
        }
        noteNewer(answer.header());
        failed.put(member, outcomeOf(answer.header()));
        if (next < order.size()) {
            askNext();
        } else {
            conclude();
        }
    }

    /** The reader has what it wanted; a bad copy is worth knowing of nevertheless. */
    private void onLateAnswer(Member member, Answer answer) {
        failed.put(member, outcomeOf(answer));
        mendIfBad(member);
    }

    private static Outcome outcomeOf(Answer answer) {
        return answer.hasNewer() ? Outcome.STALE : answer.getOutcome();
    }

    private void noteNewer(Answer answer) {
        if (!answer.hasNewer()) {
            return;
        }
        try {
            BlockTag told = BlockMessages.tag(answer.getNewer());
            ports.groups().learn(partition(), told);
            newer = newer == null || told.isNewerThan(newer) ? told : newer;
        } catch (InvalidProtocolBufferException e) {
            // Whoever says such things knows nothing that would help.
        }
    }

    private void conclude() {
        BlockTag now = tag;
        if (now == null || (underWay > 0 && patient)) {
            return;
        }
        if (newer != null && newer.isNewerThan(now)) {
            begin(newer);
        } else if (now.isMajority(member -> failed.get(member) == Outcome.MISSING)) {
            fail(new BlockMissingException("no block " + block + " at a majority"));
        } else if (underWay == 0) {
            if (now.isMajority(this::lacks) && failed.containsValue(Outcome.CORRUPT) && !mayAnyHaveIt(now)) {
                fail(new BlockCorruptException("no whole copy of " + block));
            } else {
                cancel(hedge);
                ports.timers().once(options.retryMillis(), this::locateAgain);
            }
        }
    }

    private boolean lacks(Member member) {
        Outcome outcome = failed.get(member);
        return outcome == Outcome.MISSING || outcome == Outcome.CORRUPT;
    }

    private boolean mayAnyHaveIt(BlockTag now) {
        return !now.members().stream().allMatch(this::lacks);
    }

    private void succeed(Buffer bytes) {
        end();
        failed.keySet().forEach(this::mendIfBad);
        done.complete(bytes);
    }

    private void mendIfBad(Member member) {
        BlockTag now = tag;
        if (now != null && lacks(member) && now.configuration().isVoter(member)) {
            mender.mend(now, member, block);
        }
    }

    private void giveUp() {
        fail(new PartitionRefusedException(
                partition(), Reason.NOT_SERVING, "too few say where " + block + " is: " + failed));
    }

    private void fail(RuntimeException cause) {
        if (!over) {
            end();
            done.fail(cause);
        }
    }

    private void end() {
        over = true;
        cancel(deadline);
        cancel(hedge);
    }

    private static void cancel(@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }
}
