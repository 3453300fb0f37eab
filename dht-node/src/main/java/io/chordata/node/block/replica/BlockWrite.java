package io.chordata.node.block.replica;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.block.BufferBudget;
import io.chordata.node.block.replica.BlockProtos.Answer;
import io.chordata.node.block.replica.BlockProtos.Check;
import io.chordata.node.block.replica.BlockProtos.Outcome;
import io.chordata.node.block.replica.MemberCalls.Sent;
import io.chordata.node.block.replica.MemberCalls.Write;
import io.chordata.node.core.BodyDroppedException;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.StoreBusyException;
import io.chordata.node.core.StoreFullException;
import io.chordata.node.core.Timers.Timer;
import io.chordata.node.partition.PartitionRefusedException;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.chordata.node.partition.raft.Member;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One block on its way to the members of its partition. Everything happens on the caller's loop.
 *
 * <p>A round is one tag: all members get the block at once, and only what they acknowledge in this round counts. A member that
 * knows a newer configuration begins the next round; so does the word that the group has another one, for what a member told of
 * may never have come to be. Who fails is asked again after a while, until the deadline. After success the slowest go on, as long
 * as the background has room; what they miss is repaired.
 */
final class BlockWrite {
    private static final Logger LOG = LoggerFactory.getLogger(BlockWrite.class);

    private final BlockPorts ports;
    private final ReplicaOptions options;
    private final BlockRules rules;
    private final MemberCalls calls;
    private final BufferBudget background;
    private final Write content;
    private final Promise<Void> done = Promise.promise();

    /** In this round. */
    private final Set<Member> acknowledged = new TreeSet<>();

    /** In this round, and not asked again since. */
    private final Map<Member, Outcome> failed = new TreeMap<>();

    private final Set<Member> asked = new TreeSet<>();
    private final Set<Sent> underWay = new LinkedHashSet<>();
    private @Nullable Timer deadline;
    private @Nullable BlockTag tag;
    /** Told in this round. */
    private @Nullable BlockTag newer;

    /** Acknowledged by enough, of whom none knew it to be committed, when the group was said to have another. */
    private @Nullable BlockTag doubted;

    /** For which acknowledgements count: that of the round. */
    private @Nullable BlockTag counted;

    private boolean committed;
    private int round;
    private boolean over;
    private boolean inBackground;
    private boolean waiting;

    BlockWrite(
            BlockPorts ports,
            ReplicaOptions options,
            BlockRules rules,
            MemberCalls calls,
            BufferBudget background,
            Write content) {
        this.ports = ports;
        this.options = options;
        this.rules = rules;
        this.calls = calls;
        this.background = background;
        this.content = content;
    }

    Future<Void> start() {
        deadline = ports.timers().once(options.deadlineMillis(), this::giveUp);
        locate();
        return done.future();
    }

    private PartitionId partition() {
        return content.block().partition();
    }

    private void locate() {
        ports.groups().locate(partition()).onComplete((found, failure) -> {
            if (over) {
                return;
            }
            if (found != null) {
                attempt(found);
            } else {
                later(this::locate);
            }
        });
    }

    private void attempt(BlockTag found) {
        if (!found.equals(tag)) {
            tag = found;
            newer = null;
            round++;
            callOff();
            asked.clear();
            if (!rules.doTagsAddUp() || counted == null) {
                counted = found;
                committed = false;
                acknowledged.clear();
            }
        }
        asked.removeAll(failed.keySet());
        failed.clear();
        int mine = round;
        for (Member member : found.members()) {
            // An answer may be here before the call returns, and begin the next round.
            if (round == mine && !over && asked.add(member)) {
                send(member, found);
            }
        }
    }

    private void send(Member member, BlockTag now) {
        int sentIn = round;
        Sent writing = calls.write(member, now, content);
        underWay.add(writing);
        writing.answer().onSuccess(answer -> {
            underWay.remove(writing);
            settleBackground();
            if (!over && (sentIn == round || rules.doTagsAddUp())) {
                onAnswer(member, answer.header());
            }
        });
    }

    private void callOff() {
        List.copyOf(underWay).forEach(Sent::callOff);
    }

    private void onAnswer(Member member, Answer answer) {
        noteNewer(answer);
        if (answer.getOutcome() == Outcome.DONE && answer.getTenure() == member.tenure()) {
            acknowledged.add(member);
            committed |= answer.getCommitted();
        } else if (answer.getOutcome() == Outcome.DROPPED) {
            fail(new BodyDroppedException(content.block() + " belongs to a body that was dropped"));
            return;
        } else {
            failed.put(member, answer.getOutcome());
        }
        advance();
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
            LOG.warn("event=tag-malformed partition={} cause=\"{}\"", partition(), e.getMessage());
        }
    }

    private void advance() {
        BlockTag now = tag;
        if (now == null || over) {
            return;
        }
        boolean enough = rules.isEnough(counted == null ? now : counted, acknowledged::contains);
        if (enough && (committed || !rules.mustBeCommitted())) {
            succeed();
        } else if (newer != null && newer.isNewerThan(now) && !newer.equals(doubted)) {
            attempt(newer);
        } else if (enough) {
            later(() -> check(now));
        } else if (!now.isMajority(member -> !failed.containsKey(member))) {
            if (failed.containsValue(Outcome.FULL)) {
                fail(new StoreFullException("too many disks are too full for " + partition()));
            } else {
                later(this::locate);
            }
        }
    }

    /**
     * Enough have it; the one that knows whether the configuration is committed may be among those who learn it now. This node's
     * own answer is there at once, and may end this round.
     */
    private void check(BlockTag checked) {
        if (over || !checked.equals(tag)) {
            return;
        }
        List<Future<?>> answers = new ArrayList<>();
        for (Member member : List.copyOf(acknowledged)) {
            if (over || !checked.equals(tag)) {
                return;
            }
            answers.add(calls.ask(
                            member,
                            BlockMessages.request(partition(), member, checked)
                                    .setCheck(Check.getDefaultInstance())
                                    .build())
                    .onSuccess(answer -> {
                        noteNewer(answer.header());
                        committed |= checked.equals(tag) && answer.header().getCommitted();
                        advance();
                    }));
        }
        Future.join(answers).onComplete(asked -> doubt(checked));
    }

    /** Whoever told of it may have been a leader that was cut off before anybody else had it. */
    private void doubt(BlockTag checked) {
        if (over || !checked.equals(tag)) {
            return;
        }
        ports.groups().locate(partition()).onSuccess(found -> {
            if (!over && checked.equals(tag) && !found.equals(checked)) {
                doubted = checked;
                attempt(found);
            }
        });
    }

    private void later(Runnable task) {
        if (!waiting) {
            waiting = true;
            ports.timers().once(options.retryMillis(), () -> {
                waiting = false;
                if (!over) {
                    task.run();
                }
            });
        }
    }

    private void succeed() {
        end();
        if (!underWay.isEmpty() && background.tryAcquire(content.body().length())) {
            inBackground = true;
        } else {
            callOff();
        }
        done.complete();
    }

    private void settleBackground() {
        if (inBackground && underWay.isEmpty()) {
            inBackground = false;
            background.release(content.body().length());
        }
    }

    private void giveUp() {
        if (failed.containsValue(Outcome.BUSY)) {
            fail(new StoreBusyException("too much is to be written to " + partition()));
        } else {
            fail(new PartitionRefusedException(partition(), Reason.NOT_SERVING, toString()));
        }
    }

    private void fail(RuntimeException cause) {
        if (!over) {
            end();
            callOff();
            done.fail(cause);
        }
    }

    private void end() {
        over = true;
        if (deadline != null) {
            deadline.cancel();
        }
    }

    @Override
    public String toString() {
        return content.block() + " acknowledged by " + acknowledged.size() + " of "
                + (tag == null ? "unknown members" : tag.members().size() + " members") + ", failed at " + failed;
    }
}
