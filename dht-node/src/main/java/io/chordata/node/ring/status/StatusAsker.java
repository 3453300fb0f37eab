package io.chordata.node.ring.status;

import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.Peer;
import io.chordata.node.core.Peers;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.core.RingId;
import io.chordata.node.core.Timers;
import io.chordata.node.core.Timers.Timer;
import io.chordata.node.ring.status.StatusQuestion.AskFlows;
import io.chordata.node.ring.status.StatusQuestion.AskLookup;
import io.chordata.node.ring.status.StatusQuestion.AskPartitions;
import io.chordata.node.ring.status.StatusQuestion.AskPositions;
import io.chordata.node.ring.view.NodeRecord;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** Asks one other node, and believes nothing that cannot be. */
final class StatusAsker {
    private static final long PAGE_MILLIS = 2_000;
    /** Of all pages together. */
    private static final long ALL_MILLIS = 10_000;
    /** A lookup past several dead nodes takes some seconds. */
    private static final long LOOKUP_MILLIS = 10_000;

    private final Peers peers;
    private final Timers timers;

    StatusAsker(Peers peers, Timers timers) {
        this.peers = peers;
        this.timers = timers;
    }

    /** All its positions; fails if they are not told, or are none of that node. */
    Future<List<PositionReport>> positions(NodeRecord node, boolean withFingers) {
        Promise<List<PositionReport>> told = Promise.promise();
        Timer end =
                timers.once(ALL_MILLIS, () -> told.tryFail(new MalformedException("it tells too little at a time")));
        page(node, new AskPositions(0, withFingers), new ArrayList<>(), told.future())
                .onComplete(outcome -> end.cancel())
                .onSuccess(told::tryComplete)
                .onFailure(told::tryFail);
        return told.future();
    }

    /**
     * Each page brings one position at least, and none twice, so there is a last one.
     *
     * @param all what it is for; once that has ended, nothing more is asked
     */
    private Future<List<PositionReport>> page(
            NodeRecord node, AskPositions question, List<PositionReport> known, Future<?> all) {
        return ask(node, question, PAGE_MILLIS).map(StatusCodec::positions).compose(page -> {
            page.positions().forEach(position -> check(node, question, position));
            known.addAll(page.positions());
            int next = known.isEmpty() ? 0 : known.get(known.size() - 1).index() + 1;
            return page.more() && !all.isComplete()
                    ? page(node, new AskPositions(next, question.withFingers()), known, all)
                    : Future.succeededFuture(known);
        });
    }

    /** A node chooses its candidates once, so the directory knows them, unless the node has not chosen yet. */
    private static void check(NodeRecord node, AskPositions question, PositionReport position) {
        List<Integer> candidates = node.candidates();
        boolean isChosen = candidates.isEmpty()
                || (position.index() < candidates.size() && candidates.get(position.index()) == position.candidate());
        if (!isChosen || position.index() < question.fromIndex()) {
            throw new MalformedException("place " + position.index() + " is not one that was asked for");
        }
        checkOrder(position.idAt(node), position.successors());
    }

    private static void checkOrder(RingId at, List<RingId> successors) {
        RingId last = at;
        for (RingId next : successors) {
            if (!next.isBetween(last, at) && successors.size() > 1) {
                throw new MalformedException("successors out of order at " + next);
            }
            last = next;
        }
    }

    /** All that it holds; fails if they are not told, or are none of the cluster. */
    Future<List<PartitionReport>> partitions(NodeRecord node, Partitioning partitioning) {
        return partitions(node, new AskPartitions(0), partitioning.count(), new ArrayList<>());
    }

    private Future<List<PartitionReport>> partitions(
            NodeRecord node, AskPartitions question, int count, List<PartitionReport> known) {
        return ask(node, question, PAGE_MILLIS).map(StatusCodec::partitions).compose(page -> {
            page.partitions().forEach(report -> check(report.partition(), question, count));
            known.addAll(page.partitions());
            int next = known.isEmpty()
                    ? 0
                    : known.get(known.size() - 1).partition().number() + 1;
            return page.more()
                    ? partitions(node, new AskPartitions(next), count, known)
                    : Future.succeededFuture(known);
        });
    }

    private static void check(PartitionId partition, AskPartitions question, int count) {
        if (partition.number() < question.fromNumber() || partition.number() >= count) {
            throw new MalformedException(partition + " is not one that was asked for");
        }
    }

    Future<FlowReport> flows(NodeRecord node) {
        return ask(node, new AskFlows(), PAGE_MILLIS).map(StatusCodec::flows);
    }

    Future<LookupReport> lookup(NodeRecord node, RingId id, boolean viaFingers) {
        return ask(node, new AskLookup(id, viaFingers), LOOKUP_MILLIS).map(StatusCodec::lookup);
    }

    private Future<Buffer> ask(NodeRecord node, StatusQuestion question, long timeoutMillis) {
        Peer peer = new Peer(node.contact().address(), node.node());
        return peers.call(peer, Service.STATUS, StatusCodec.encode(question), timeoutMillis);
    }
}
