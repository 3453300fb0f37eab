package io.chordata.node.ring.directory;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.RandomSource;
import io.chordata.node.ring.directory.DirectoryMessage.Ack;
import io.chordata.node.ring.directory.DirectoryMessage.ExchangeReply;
import io.chordata.node.ring.directory.DirectoryMessage.ExchangeRequest;
import io.chordata.node.ring.directory.DirectoryMessage.Gossip;
import io.chordata.node.ring.directory.DirectoryMessage.Ping;
import io.chordata.node.ring.directory.DirectoryMessage.PingRequest;
import io.chordata.node.ring.directory.DirectoryMessage.PingResult;
import io.chordata.node.ring.directory.DirectoryMessage.Refusal;
import io.chordata.node.ring.view.NodeLoad;
import io.chordata.node.ring.view.NodeRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is in the cluster and how each of them is: a table of nodes, the same on all of them but for the time that news takes.
 *
 * <p>It works as SWIM does (Das, Gupta, Motivala 2002), with Lifeguard's care for slow nodes (Dadgar, Phillips, Currey 2017).
 * Each period a node probes one other, directly and then through three more ({@link Prober}, {@link Relays}). Who does not answer
 * is suspected, and has some time to object ({@link Suspicions}); only each node's own patience, never hearsay, makes it hold
 * another to be down ({@link Judge}). News travels on the messages that are sent anyway, and a little faster while there is any
 * ({@link GossipQueue}, {@link Courier}); whole tables are compared now and then ({@link Exchanger}). Which of two claims holds
 * is settled by one total order ({@link Standing}).
 *
 * <p>Beyond SWIM: starts of one node are told apart, so that a copied disk is found out ({@link Admission},
 * {@link Successions}), and one node that is wrong does not end others ({@link Doubts}); a node that is down stays in the table, is tried again, and comes back ({@link Seeker}); the table is
 * kept on disk ({@link ImageKeeper}); and a process that was held up does not judge the others by the time that it missed
 * ({@link Agenda}).
 *
 * <p>A machine without clock, thread or socket: whoever owns it hands over events with the time, from one thread, calls
 * {@link #onWake} at {@link #nextWakeMillis}, and does what comes out of the {@link Outbox}. Times are of one clock that never
 * goes back, with any origin.
 */
public final class Directory {
    private static final int GOODBYES = 8;

    private final Parts parts;
    private final Own own;
    private final Courier courier;
    private final Judge judge;
    private final Prober prober;
    private final Relays relays;
    private final Successions successions;
    private final Admission admission;
    private final Exchanger exchanger;
    private final Seeker seeker;
    private final ImageKeeper images;
    private boolean isGossipPlanned;

    private Directory(Parts parts, DirectoryStart start) {
        this.parts = parts;
        this.own = new Own(parts, start.record(), start.holdsData());
        this.courier = new Courier(parts, own);
        this.images = new ImageKeeper(parts);
        this.successions = new Successions(parts, courier, this::succeed);
        this.judge = new Judge(parts, own, successions::beginOnHearsay, images::onChanged);
        this.exchanger = new Exchanger(parts, own, courier, judge);
        this.prober = new Prober(parts, courier, judge, own::onPeriod, exchanger::begin);
        this.relays = new Relays(parts, own, courier);
        this.admission = new Admission(parts, own, courier, successions);
        this.seeker = new Seeker(parts, courier, start.seeds());
    }

    /** Begins at once to look for the others; there may be events before this returns. */
    public static Directory open(
            long nowMillis, DirectoryOptions options, DirectoryStart start, RandomSource random, Outbox outbox) {
        Directory directory = new Directory(Parts.of(options, nowMillis, random, outbox), start);
        directory.begin(start);
        return directory;
    }

    private void begin(DirectoryStart start) {
        new Restorer(parts, own, judge).restore(start.image());
        if (own.isSilent()) {
            return;
        }
        prober.start();
        exchanger.start();
        seeker.start();
        new Janitor(parts, judge).start();
        images.onChanged();
    }

    /** When {@link #onWake} wants to be called; {@link Long#MAX_VALUE} for never. May be sooner after any other call. */
    public long nextWakeMillis() {
        return parts.agenda().nextWakeMillis();
    }

    public void onWake(long nowMillis) {
        enter(nowMillis);
        leave();
    }

    /** @param from who the transport proved the sender to be */
    public void onMessage(long nowMillis, NodeId from, DirectoryMessage message) {
        enter(nowMillis);
        if (!own.isSilent()) {
            receive(from, message);
        }
        leave();
    }

    /** A message could not be read. */
    public void onNonsense(long nowMillis) {
        enter(nowMillis);
        parts.count(Counter.DROPPED_NONSENSE);
        leave();
    }

    /** Something else was heard from the node: a sign of life. Cheap. */
    public void onHeard(long nowMillis, NodeId node) {
        enter(nowMillis);
        Entry entry = parts.table().get(node);
        if (!own.isSilent() && entry != null && !node.equals(own.node())) {
            heard(entry);
        }
        leave();
    }

    /** A connection to the node broke, none could be made, or a question got no answer: it is probed at once. */
    public void onUnreachable(long nowMillis, NodeId node) {
        enter(nowMillis);
        if (!own.isSilent() && !node.equals(own.node())) {
            relays.onUnreachable(node);
            prober.onUnreachable(node);
        }
        leave();
    }

    /**
     * This node is another than before, or in another state: joining, alive or draining.
     *
     * @param holdsData whether partitions are, or ever were, entrusted to it; once true, stays so
     */
    public void restate(long nowMillis, NodeRecord record, boolean holdsData) {
        enter(nowMillis);
        if (!own.isSilent()) {
            own.restate(record, holdsData);
            images.onChanged();
        }
        leave();
    }

    /** Sends this node's news to another one at once. It may get lost, and then comes around as all news does. */
    public void tellNews(long nowMillis, NodeId node) {
        enter(nowMillis);
        send(node, new Gossip());
        leave();
    }

    /** How loaded this node is now. */
    public void report(long nowMillis, NodeLoad load) {
        enter(nowMillis);
        own.setLoad(load);
        leave();
    }

    /**
     * Removes a node for ever, on an operator's order. The image is handed over for writing before this returns.
     *
     * @return whether there is such a node
     */
    public boolean decommission(long nowMillis, NodeId node) {
        enter(nowMillis);
        Entry entry = parts.table().get(node);
        if (own.isSilent() || entry == null) {
            return false;
        }
        if (node.equals(own.node())) {
            decommissionOwn();
        } else {
            judge.decommission(entry);
            images.store();
        }
        leave();
        return true;
    }

    private void decommissionOwn() {
        own.decommission();
        sayGoodbye();
        images.store();
        own.refuse(RefusalReason.DECOMMISSIONED, own.node(), null);
    }

    /** Says goodbye, so that the others need not find out. The directory is silent afterwards. */
    public void stop(long nowMillis) {
        enter(nowMillis);
        if (!own.isSilent()) {
            own.stop();
            sayGoodbye();
            images.store();
            own.fallSilent();
        }
    }

    /** All that are known, this one included, by id. */
    public List<NodeRecord> nodes() {
        return parts.table().all().stream()
                .map(entry -> entry.member().record())
                .toList();
    }

    public @Nullable NodeRecord node(NodeId node) {
        Entry entry = parts.table().get(node);
        return entry == null ? null : entry.member().record();
    }

    /** What the node said last; null if it is not known. */
    public @Nullable NodeLoad load(NodeId node) {
        Entry entry = parts.table().get(node);
        Load load = entry == null ? null : entry.load();
        return load == null ? null : load.figures();
    }

    /** Whether the whole table was compared with another node's since the start. */
    public boolean hasExchanged() {
        return exchanger.isComplete();
    }

    /** The table as {@link Outbox#store} would get it now. */
    public byte[] image() {
        return images.encode();
    }

    public long count(Counter counter) {
        return parts.counters().get(counter);
    }

    /** 0 is well; up to 8, the more this node seems to be the slow one. */
    public int localHealth() {
        return parts.health().score();
    }

    private void enter(long nowMillis) {
        if (parts.agenda().enter(nowMillis)) {
            parts.count(Counter.HELD_UP);
            parts.health().worse(1);
        }
        parts.agenda().run();
    }

    private void leave() {
        if (!isGossipPlanned && hasGossip()) {
            isGossipPlanned = true;
            parts.agenda().in(parts.jitter(parts.options().gossipPeriodMillis()), this::gossip);
        }
    }

    private void gossip() {
        isGossipPlanned = false;
        if (hasGossip()) {
            for (NodeId node : parts.order().sample(1, parts::isUp)) {
                send(node, new Gossip());
            }
        }
        leave();
    }

    private boolean hasGossip() {
        return !own.isSilent() && !parts.gossip().isEmpty() && parts.table().upCount() > 1;
    }

    private void sayGoodbye() {
        parts.order().sample(GOODBYES, parts::isUp).forEach(node -> send(node, new Gossip()));
    }

    private void send(NodeId node, DirectoryMessage.Body body) {
        Entry entry = parts.table().get(node);
        if (entry != null) {
            courier.send(entry, body);
        }
    }

    private void receive(NodeId from, DirectoryMessage message) {
        if (message.body() instanceof Refusal refusal) {
            onRefusal(from, refusal);
        } else if (admission.admits(from, message)) {
            believe(from, message);
        }
    }

    /** Also from a node that is not known: whoever is refused is often a newcomer. */
    private void onRefusal(NodeId from, Refusal refusal) {
        if (refusal.refused().equals(own.life())) {
            own.onRefusal(from, refusal);
        } else {
            parts.count(Counter.DROPPED_LATE);
        }
    }

    private void believe(NodeId from, DirectoryMessage message) {
        for (Update update : message.news()) {
            judge.hear(update, from, true);
        }
        Entry sender = parts.table().get(from);
        if (sender == null || own.isSilent()) {
            return;
        }
        sender.setKnownOfUs(message.sender().known());
        sender.offer(message.sender().life(), message.sender().load());
        heard(sender);
        message.body().accept(new Dispatch(sender));
        if (!exchanger.isComplete()) {
            exchanger.begin(sender);
        }
    }

    /** Whoever is heard, but not held to be well, is asked at once: the question says what it must object to. */
    private void heard(Entry entry) {
        entry.heard(parts.agenda().now());
        seeker.heard();
        if (entry.member().verdict() != Verdict.LIVE) {
            prober.probe(entry.node());
        }
    }

    private void succeed(Update claim) {
        judge.hear(claim, claim.node(), true);
        prober.probe(claim.node());
    }

    /** What each kind of message does. */
    private final class Dispatch implements DirectoryMessage.Visitor {
        private final Entry sender;

        private Dispatch(Entry sender) {
            this.sender = sender;
        }

        @Override
        public void onPing(Ping ping) {
            courier.send(sender, new Ack(ping.number()));
        }

        @Override
        public void onAck(Ack ack) {
            boolean isSought = seeker.onAck(ack.number());
            boolean isAnswer = isSought
                    || prober.onAck(sender, ack.number())
                    || relays.onAck(sender, ack.number())
                    || successions.onAck(sender, ack.number());
            if (isAnswer) {
                parts.outbox()
                        .tell(new DirectoryEvent.Answered(
                                sender.member().record().contact()));
                own.onAnswer(sender.node());
            }
            if (isSought) {
                exchanger.begin(sender);
            }
            countLate(!isAnswer);
        }

        @Override
        public void onPingRequest(PingRequest request) {
            relays.onRequest(sender, request);
        }

        @Override
        public void onPingResult(PingResult result) {
            countLate(!prober.onPingResult(sender, result.number(), result.reached()));
        }

        @Override
        public void onGossip(Gossip gossip) {
            // the news is all
        }

        @Override
        public void onExchangeRequest(ExchangeRequest request) {
            exchanger.onRequest(sender, request);
        }

        @Override
        public void onExchangeReply(ExchangeReply reply) {
            countLate(!exchanger.onReply(sender, reply));
        }

        @Override
        public void onRefusal(Refusal refusal) {
            Directory.this.onRefusal(sender.node(), refusal);
        }

        private void countLate(boolean isLate) {
            if (isLate) {
                parts.count(Counter.DROPPED_LATE);
            }
        }
    }
}
