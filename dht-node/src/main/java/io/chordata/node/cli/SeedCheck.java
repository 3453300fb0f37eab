package io.chordata.node.cli;

import io.chordata.node.config.HostPort;
import io.chordata.node.core.ClusterId;
import io.chordata.node.core.Loop;
import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Peer;
import io.chordata.node.core.PeerUnreachableException;
import io.chordata.node.core.Peers;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.founding.FoundingCodec;
import io.chordata.node.founding.MalformedException;
import io.chordata.node.founding.Membership;
import io.chordata.node.founding.Question;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a node from serving while its seeds are of another cluster than its data directory: clients that mean the seeds' cluster
 * would be served out of the other one, and what they write would be acknowledged there. One seed of its own cluster is enough, as
 * a name may lead astray for a while; where no seed answers, nothing is known against it. It waits instead of ending, so that
 * others whose names lead astray find it. Used once.
 */
final class SeedCheck {
    private static final Logger LOG = LoggerFactory.getLogger(SeedCheck.class);
    private static final long ANSWER_MILLIS = 1_000;
    private static final long PAUSE_MILLIS = 1_000;
    private static final int ROUNDS_PER_REMINDER = 30;

    private final NodeNetwork network;
    private final ClusterId own;
    private final Path data;
    private final Peers peers;
    private final Consumer<String> onWaiting;
    private final Loop loop;
    private final List<HostPort> seeds;
    private final Promise<Boolean> mayServe = Promise.promise();
    private int rounds;

    /** @param onWaiting told, on any thread, what is wrong */
    SeedCheck(NodeNetwork network, ClusterId own, Path data, Peers peers, Consumer<String> onWaiting) {
        this.network = network;
        this.own = own;
        this.data = data;
        this.peers = peers;
        this.onWaiting = onWaiting;
        this.loop = network.loops().ownerOf(new PartitionId(0));
        this.seeds = network.config().seeds().stream()
                .filter(seed -> !seed.equals(network.config().advertise()))
                .toList();
    }

    /** Returns true when nothing speaks against serving, false if the node is to stop. Blocks. */
    boolean run(Lifecycle lifecycle) {
        if (seeds.isEmpty()) {
            return true;
        }
        lifecycle.onStopAsked(() -> mayServe.tryComplete(false));
        loop.execute(this::round);
        return mayServe.future().await();
    }

    private void round() {
        List<Future<Boolean>> answers = seeds.stream().map(this::ask).toList();
        Future.all(answers).onSuccess(all -> judge(all.list()));
    }

    /** Whether the seed is of another cluster; one that is of its own decides at once. */
    private Future<Boolean> ask(HostPort seed) {
        Peer peer = new Peer(new NodeAddress(seed.host(), seed.port()), null);
        Buffer question = Buffer.buffer(FoundingCodec.encode(new Question(0, null)));
        return peers.call(peer, Service.FOUNDING, question, ANSWER_MILLIS)
                .map(this::isOfOwnCluster)
                .onSuccess(isOwn -> {
                    if (isOwn) {
                        mayServe.tryComplete(true);
                    }
                })
                .map(false)
                .otherwise(SeedCheck::isOfAnother);
    }

    /** A node that has no cluster yet says nothing about this one's. */
    private boolean isOfOwnCluster(Buffer answer) {
        try {
            Membership membership = FoundingCodec.answer(answer.getBytes()).membership();
            return membership != null && membership.cluster().equals(own);
        } catch (MalformedException e) {
            return false;
        }
    }

    private static boolean isOfAnother(Throwable cause) {
        return cause instanceof PeerUnreachableException unreachable && unreachable.isOfAnotherCluster();
    }

    private void judge(List<Boolean> areOfAnother) {
        int stranger = areOfAnother.indexOf(true);
        if (stranger < 0) {
            mayServe.tryComplete(true);
        } else if (!mayServe.future().isComplete()) {
            tell(seeds.get(stranger));
            network.timers().once(PAUSE_MILLIS, this::round);
        }
    }

    private void tell(HostPort stranger) {
        String reason = "the data directory " + data + " is of cluster " + own + ", but seed " + stranger
                + " is of another one and no seed is of this one: is this the disk of a node of another cluster? If not, see to"
                + " where the seeds' names lead";
        onWaiting.accept(reason);
        if (rounds++ % ROUNDS_PER_REMINDER == 0) {
            LOG.warn("event=seeds_of_another_cluster reason=\"{}\"", reason);
        }
    }
}
