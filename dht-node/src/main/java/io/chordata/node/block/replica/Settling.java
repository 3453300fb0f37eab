package io.chordata.node.block.replica;

import io.chordata.node.block.replica.BlockProtos.Answer;
import io.chordata.node.block.replica.BlockProtos.Outcome;
import io.chordata.node.block.replica.BlockProtos.Request;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.FutureLoop;
import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.raft.Member;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Settles one change of voters, once: ranges of ids, one after the other, each listed by a majority of the outgoing voters and brought to
 * a majority of the new ones. Who gave no answer is not asked again as long as the others make a majority, lest each range
 * wait for it. On one loop.
 */
final class Settling {
    private static final int ROWS_AT_ONCE = 512;

    private final BlockMoves moves;
    private final BlockRules rules;
    private final MemberCalls calls;
    private final PartitionId partition;
    private final BlockTag joint;
    private final Set<Member> silent = new TreeSet<>();
    private @Nullable BlockRef after;

    Settling(BlockMoves moves, BlockRules rules, MemberCalls calls, PartitionId partition, BlockTag joint) {
        this.moves = moves;
        this.rules = rules;
        this.calls = calls;
        this.partition = partition;
        this.joint = joint;
    }

    /** Through all that is whole or was set aside. */
    Future<Void> run() {
        return FutureLoop.until(() -> lists().compose(lists -> {
            BlockRef horizon = lists.horizon();
            after = horizon;
            return FutureLoop.each(BlockMoves.batches(lists.until(horizon)), this::bring)
                    .map(done -> horizon != null);
        }));
    }

    private Future<VoterLists> lists() {
        List<Member> outgoing = joint.configuration().outgoing();
        List<Member> asked = asked(outgoing);
        return ask(asked, this::list).compose(answers -> {
            VoterLists lists = new VoterLists(partition);
            answers.forEach(lists::add);
            if (rules.areListsEnough(outgoing, lists::isFrom)) {
                return Future.succeededFuture(lists);
            }
            return asked.equals(outgoing)
                    ? BlockMoves.refused(partition, "too few of the outgoing voters list their blocks")
                    : again(this::lists);
        });
    }

    private Future<Answer> list(Member voter) {
        BlockProtos.List.Builder list = BlockProtos.List.newBuilder()
                .setMax(ROWS_AT_ONCE)
                .setSetAside(true)
                .setSettle(true);
        if (after != null) {
            list.setAfter(BlockMessages.id(after));
        }
        Request request =
                BlockMessages.request(partition, voter, joint).setList(list).build();
        return calls.ask(voter, request).map(BlockFrame::header);
    }

    /** Those not dropped, to the new voters; completes when each is on a majority of them. */
    private Future<Void> bring(List<BlockRef> blocks) {
        return moves.withoutDropped(partition, blocks)
                .compose(wanted -> wanted.isEmpty() ? Future.succeededFuture() : ensure(wanted));
    }

    private Future<Void> ensure(List<BlockRef> wanted) {
        List<Member> voters = joint.configuration().voters();
        List<Member> asked = asked(voters);
        return ask(asked, voter -> moves.ensure(partition, joint, voter, wanted, true))
                .compose(answers -> {
                    BlockRef missed = missed(wanted, voters, answers);
                    if (missed == null) {
                        return Future.succeededFuture();
                    }
                    return asked.equals(voters) ? moves.unsettled(joint, missed) : again(() -> ensure(wanted));
                });
    }

    private @Nullable BlockRef missed(List<BlockRef> wanted, List<Member> voters, Map<Member, Answer> answers) {
        Map<Member, List<BlockRef>> lacking = new TreeMap<>();
        answers.forEach((voter, answer) -> {
            List<BlockRef> told = BlockMoves.lacking(partition, voter, answer);
            if (told != null) {
                lacking.put(voter, told);
            }
        });
        for (BlockRef block : wanted) {
            boolean enough = BlockTag.isMajority(
                    voters,
                    voter -> lacking.containsKey(voter) && !lacking.get(voter).contains(block));
            if (!enough) {
                return block;
            }
        }
        return null;
    }

    private List<Member> asked(List<Member> voters) {
        List<Member> answering = new ArrayList<>(voters);
        answering.removeAll(silent);
        return BlockTag.isMajority(voters, answering::contains) ? answering : voters;
    }

    /** Of all of them. */
    private <T> Future<T> again(Supplier<Future<T>> question) {
        silent.clear();
        return question.get();
    }

    private Future<Map<Member, Answer>> ask(List<Member> members, Function<Member, Future<Answer>> question) {
        Map<Member, Answer> answers = new TreeMap<>();
        List<Future<Answer>> asked = new ArrayList<>();
        for (Member member : members) {
            asked.add(question.apply(member).onSuccess(answer -> {
                answers.put(member, answer);
                if (answer.getOutcome() == Outcome.FAILED) {
                    silent.add(member);
                }
            }));
        }
        return Future.join(asked).map(answers);
    }
}
