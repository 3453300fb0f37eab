package io.chordata.node.cli;

import io.chordata.node.config.ClusterConfig;
import io.chordata.node.config.HostPort;
import io.chordata.node.core.Ballot;
import io.chordata.node.core.BallotStore;
import io.chordata.node.core.ClusterId;
import io.chordata.node.core.Loop;
import io.chordata.node.core.LoopCalls;
import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.Peer;
import io.chordata.node.core.PeerUnreachableException;
import io.chordata.node.core.Peers.Receiver;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.founding.Answer;
import io.chordata.node.founding.Decision;
import io.chordata.node.founding.FoundingCodec;
import io.chordata.node.founding.FoundingProcess;
import io.chordata.node.founding.MalformedException;
import io.chordata.node.founding.Outbox;
import io.chordata.node.founding.Question;
import io.chordata.node.rpc.VertxPeers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for the cluster of a node whose data directory is empty: gives {@link FoundingProcess} time, the disk, and peers at
 * the internal address, as a node without a cluster. Used once.
 */
final class ClusterSearch implements Outbox, Receiver {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterSearch.class);

    private final NodeNetwork network;
    private final ClusterConfig config;
    private final BallotStore ballots;
    private final Consumer<String> onWaiting;
    private final Loop loop;
    private final Ballot ballot;
    private final FoundingProcess process;
    private final Promise<Void> started = Promise.promise();
    private final Promise<@Nullable Decision> decision = Promise.promise();
    private @Nullable VertxPeers peers;

    /**
     * @param init whether it was told to found a cluster
     * @param onWaiting told, on any thread, why there is no decision yet
     */
    ClusterSearch(
            NodeNetwork network, ClusterConfig config, boolean init, BallotStore ballots, Consumer<String> onWaiting) {
        this.network = network;
        this.config = config;
        this.ballots = ballots;
        this.onWaiting = onWaiting;
        this.loop = network.loops().ownerOf(new PartitionId(0));
        this.ballot = saved(ballots);
        this.process = new FoundingProcess(
                ballot,
                config.seeds().stream().map(HostPort::toString).toList(),
                init,
                Partitioning.DEFAULT,
                network.random(),
                this);
    }

    private Ballot saved(BallotStore store) {
        Ballot saved = store.load();
        return saved == null ? Ballot.blank(NodeId.random(network.random())) : saved;
    }

    /**
     * Returns when it is known; nobody listens at the internal address any more by then. Null if the node is to stop. Blocks.
     *
     * @throws CommandFailedException if the node must not start
     */
    @Nullable
    Decision run(Lifecycle lifecycle) {
        lifecycle.onStopAsked(() -> decision.tryComplete(null));
        try {
            if (!config.seeds().isEmpty()) {
                peers = network.start(ClusterId.NONE, ballot.node(), this, peer -> {});
            }
            loop.execute(this::start);
            return checked(decision.future().await());
        } finally {
            if (peers != null) {
                peers.stop().await();
            }
        }
    }

    /** Tells it to found, from any loop. Completes on the caller's with why it never will; null if it tries, or has decided. */
    Future<@Nullable String> found() {
        return LoopCalls.call(
                network.loops(), loop, () -> started.future().map(ignored -> process.onInit(nowMillis())));
    }

    private static @Nullable Decision checked(@Nullable Decision made) {
        if (made != null && made.kind() == Decision.Kind.REFUSE) {
            throw new CommandFailedException(ExitCode.USAGE, made.reason());
        }
        return made;
    }

    private void start() {
        process.start(nowMillis());
        started.complete();
        later();
    }

    private void later() {
        if (!decision.future().isComplete()) {
            network.timers().once(FoundingProcess.TICK_MILLIS, () -> {
                process.tick(nowMillis());
                later();
            });
        }
    }

    private long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(network.clock().monotonicNanos());
    }

    @Override
    public void ask(long round, int seed, Question question) {
        if (peers == null) {
            throw new IllegalStateException("there are no seeds to ask");
        }
        List<HostPort> seeds = config.seeds();
        Peer peer =
                new Peer(new NodeAddress(seeds.get(seed).host(), seeds.get(seed).port()), null);
        Buffer bytes = Buffer.buffer(FoundingCodec.encode(question));
        peers.call(peer, Service.FOUNDING, bytes, FoundingProcess.ANSWER_MILLIS)
                .compose(ClusterSearch::decoded)
                .onSuccess(answer -> process.onAnswer(round, seed, answer, nowMillis()))
                .onFailure(cause -> process.onSilence(round, seed, isOwnAddress(cause), words(cause), nowMillis()));
    }

    private static Future<Answer> decoded(Buffer answer) {
        try {
            return Future.succeededFuture(FoundingCodec.answer(answer.getBytes()));
        } catch (MalformedException e) {
            return Future.failedFuture(e);
        }
    }

    private static boolean isOwnAddress(Throwable cause) {
        return cause instanceof PeerUnreachableException unreachable && unreachable.isOwnAddress();
    }

    private static String words(Throwable cause) {
        return cause instanceof PeerUnreachableException unreachable
                ? unreachable.reason()
                : String.valueOf(cause.getMessage());
    }

    @Override
    public void store(Ballot next) {
        loop.executeBlocking(() -> {
                    ballots.save(next);
                    return next;
                })
                .onSuccess(saved -> process.onStored())
                .onFailure(decision::tryFail);
    }

    @Override
    public void waiting(String reason) {
        onWaiting.accept(reason);
    }

    @Override
    public void remind(String reason) {
        LOG.warn("event=waiting_for_cluster node={} reason=\"{}\"", ballot.node(), reason);
    }

    @Override
    public void decide(Decision made) {
        LOG.info(
                "event=cluster_decided decision={} node={} membership={} reason=\"{}\"",
                made.kind(),
                made.node(),
                made.membership(),
                made.reason());
        decision.tryComplete(made);
    }

    @Override
    public void onMessage(NodeId from, Buffer message) {
        LOG.debug("event=founding_message_ignored from={}", from);
    }

    @Override
    public Future<Buffer> onCall(NodeId from, Buffer request) {
        Question question;
        try {
            question = FoundingCodec.question(request.getBytes());
        } catch (MalformedException e) {
            return Future.failedFuture(e);
        }
        Promise<Buffer> promise = Promise.promise();
        loop.execute(() -> process.onQuestion(
                from, question, answer -> promise.tryComplete(Buffer.buffer(FoundingCodec.encode(answer)))));
        return promise.future();
    }
}
