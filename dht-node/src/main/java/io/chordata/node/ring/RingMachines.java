package io.chordata.node.ring;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.Peer;
import io.chordata.node.core.Peers;
import io.chordata.node.core.Timers.Timer;
import io.chordata.node.ring.directory.Directory;
import io.chordata.node.ring.directory.DirectoryCodec;
import io.chordata.node.ring.directory.DirectoryEvent;
import io.chordata.node.ring.directory.DirectoryEvent.NodeEvent;
import io.chordata.node.ring.directory.DirectoryMessage;
import io.chordata.node.ring.directory.DirectoryStart;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.Position;
import io.chordata.node.ring.view.RingView;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The two machines of a node, its {@link RingNode} and its {@link Directory}, with what drives them: messages, the clock, a
 * timer, and each other. Belongs to the ring's loop.
 *
 * <p>Each event is a turn. In it the ring may look at the directory, and tell it what it heard; what the directory has to
 * tell the ring waits until the event is over, because a machine must not be called from inside its own. The turn ends when
 * nothing waits any more, and then {@link Owner#onTurn} looks at what has become of it.
 *
 * <p>What a machine throws is a broken invariant: it is never called again, and the owner is told why. Bytes that do not
 * decode are counted, whatever the decoder says to them: nothing has changed by then.
 */
final class RingMachines {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final RingPorts ports;
    private final RingServiceOptions options;
    private final Contact self;
    private final Owner owner;
    private final Post post;
    private final ViewKeeper views = new ViewKeeper();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final long originNanos;
    private @Nullable Directory directory;
    private @Nullable RingNode ring;
    private @Nullable Timer timer;
    private long timerMillis = Long.MAX_VALUE;
    private boolean isInTurn;
    private boolean isOver;
    private long messagesUnreadable;

    /** Whoever owns the machines. Called in a turn. */
    interface Owner {
        /** Everything that an event brought about has happened. */
        void onTurn();

        void onNode(NodeEvent event);

        void onWarning(String text);

        void onRefused(DirectoryEvent.Refused refused);

        /** The directory's table is to be written to disk. */
        void onImage(byte[] image);

        /** The machines are broken, and over. */
        void onFailed(Throwable cause);
    }

    RingMachines(RingPorts ports, RingServiceOptions options, Contact self, Owner owner) {
        this.ports = ports;
        this.options = options;
        this.self = self;
        this.owner = owner;
        this.post = new Post(ports.peers());
        this.originNanos = ports.clock().monotonicNanos();
    }

    /** Runs an event, or what follows from one: at once, or in the turn that is under way. */
    void run(Runnable event) {
        if (isOver) {
            return;
        }
        if (isInTurn) {
            waiting.add(event);
        } else {
            noticeHoldUp();
            waiting.add(event);
            turn();
        }
    }

    /** A timer that is as late as others wait for an answer: the process stood still, and the ring may have closed without it. */
    private void noticeHoldUp() {
        RingNode started = ring;
        boolean isHeldUp =
                timer != null && nowMillis() - timerMillis > options.ring().questionMillis();
        if (isHeldUp && started != null) {
            timerMillis = nowMillis();
            waiting.add(() -> started.onHeldUp(nowMillis()));
        }
    }

    private void turn() {
        isInTurn = true;
        try {
            while (!waiting.isEmpty()) {
                runWaiting();
                lookBack();
            }
        } catch (RuntimeException | Error e) {
            fail(e);
        } finally {
            isInTurn = false;
        }
        plan();
    }

    private void lookBack() {
        if (!isOver) {
            owner.onTurn();
        }
    }

    private void runWaiting() {
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
            next.run();
        }
    }

    void fail(Throwable cause) {
        if (!isOver) {
            end();
            owner.onFailed(cause);
        }
    }

    /** Nothing is said, heard or done any more. */
    void end() {
        isOver = true;
        post.close();
        waiting.clear();
        plan();
    }

    /** One timer for what is due first. One that comes too early does no harm. */
    private void plan() {
        long next = isOver ? Long.MAX_VALUE : nextMillis();
        Timer planned = timer;
        if (planned != null && (isOver || next < timerMillis)) {
            planned.cancel();
            timer = null;
        }
        if (timer == null && next != Long.MAX_VALUE) {
            long now = nowMillis();
            // what could have been done long ago, and is planned only now, is not late
            timerMillis = Math.max(next, now);
            timer = ports.timers().once(Math.max(1, next - now), this::onTimer);
        }
    }

    private long nextMillis() {
        if (views.isBehind()) {
            return nowMillis();
        }
        return Math.min(
                directory == null ? Long.MAX_VALUE : directory.nextWakeMillis(),
                ring == null ? Long.MAX_VALUE : ring.nextWakeMillis());
    }

    private void onTimer() {
        noticeHoldUp();
        timer = null;
        run(this::wake);
    }

    private void wake() {
        views.goOn();
        if (directory != null && directory.nextWakeMillis() <= nowMillis()) {
            directory.onWake(nowMillis());
        }
        if (ring != null && ring.nextWakeMillis() <= nowMillis()) {
            ring.onWake(nowMillis());
        }
    }

    /** Never goes back. */
    long nowMillis() {
        return (ports.clock().monotonicNanos() - originNanos) / NANOS_PER_MILLI;
    }

    // what happens to them, in a turn

    /** What it remembers it does not tell as news. */
    void openDirectory(DirectoryStart start) {
        Directory opened = Directory.open(nowMillis(), options.directory(), start, ports.random(), new DirectoryPost());
        directory = opened;
        opened.nodes().forEach(views::put);
    }

    void startRing(List<Position> positions, RingNode.Entry entry) {
        RingNode created = new RingNode(
                self, positions, options.ring(), this::send, directoryForRing(), ports.random(), ports.clock());
        ring = created;
        created.start(nowMillis(), entry);
    }

    private RingDirectory directoryForRing() {
        Directory opened = directory;
        return opened == null ? RingDirectory.NONE : new ViewedDirectory(self.node(), views, opened);
    }

    void restate(NodeRecord record, boolean holdsData) {
        views.put(record);
        if (directory != null) {
            directory.restate(nowMillis(), record, holdsData);
        }
    }

    /** Lets the node hear the news now, not when gossip comes around to it. */
    void tellNews(NodeId node) {
        if (directory != null) {
            directory.tellNews(nowMillis(), node);
        }
    }

    /** @return whether there is such a node */
    boolean decommission(NodeId node) {
        return directory != null && directory.decommission(nowMillis(), node);
    }

    void leave() {
        if (ring != null) {
            ring.leave(nowMillis());
        }
        if (directory != null) {
            directory.stop(nowMillis());
        }
    }

    void onRingBytes(NodeId from, byte[] bytes) {
        RingMessage message = decodeRing(bytes);
        if (message == null) {
            messagesUnreadable++;
        } else if (ring != null) {
            ring.onMessage(nowMillis(), from, message);
        }
    }

    private static @Nullable RingMessage decodeRing(byte[] bytes) {
        try {
            return RingCodec.decode(bytes);
        } catch (MalformedException | RuntimeException e) {
            return null;
        }
    }

    void onDirectoryBytes(NodeId from, byte[] bytes) {
        Directory opened = directory;
        DirectoryMessage message = decodeDirectory(bytes);
        if (message == null) {
            messagesUnreadable++;
        }
        if (opened == null) {
            return;
        }
        if (message == null) {
            opened.onNonsense(nowMillis());
        } else {
            opened.onMessage(nowMillis(), from, message);
        }
    }

    private static @Nullable DirectoryMessage decodeDirectory(byte[] bytes) {
        try {
            return DirectoryCodec.decode(bytes);
        } catch (io.chordata.node.ring.directory.MalformedException | RuntimeException e) {
            return null;
        }
    }

    /** The ring tells the directory by itself. Nothing follows from it for a node that has moved elsewhere meanwhile. */
    void onUnreachable(Peer peer) {
        NodeRecord record = peer.node() == null ? null : views.current().node(peer.node());
        if (record == null || !record.contact().address().equals(peer.address())) {
            return;
        }
        if (ring != null) {
            ring.onUnreachable(nowMillis(), record.contact());
        } else if (directory != null) {
            directory.onUnreachable(nowMillis(), record.node());
        }
    }

    // what they say

    private void send(Contact to, RingMessage message) {
        post.send(new Peer(to.address(), to.node()), Peers.Service.RING, RingCodec.encode(message));
    }

    private final class DirectoryPost implements io.chordata.node.ring.directory.Outbox {
        @Override
        public void send(Peer to, DirectoryMessage message) {
            post.send(to, Peers.Service.DIRECTORY, DirectoryCodec.encode(message));
        }

        @Override
        public void tell(DirectoryEvent event) {
            if (event instanceof NodeEvent node) {
                onNode(node);
            } else if (event instanceof DirectoryEvent.Answered answered) {
                run(() -> tellRing(answered.contact()));
            } else if (event instanceof DirectoryEvent.Refused refused) {
                post.close();
                run(() -> owner.onRefused(refused));
            } else if (event instanceof DirectoryEvent.TableFull full) {
                owner.onWarning("the table of nodes is full: node " + full.node() + " was not let in");
            } else if (event instanceof DirectoryEvent.ImageUnreadable unreadable) {
                owner.onWarning("the stored table of nodes cannot be read, so it begins anew: " + unreadable.reason());
            }
        }

        @Override
        public void store(byte[] image) {
            owner.onImage(image);
        }
    }

    private void onNode(NodeEvent event) {
        NodeRecord after = event.after();
        if (after == null) {
            views.forget(RingNews.nodeOf(event.before(), after));
        } else {
            views.put(after);
        }
        owner.onNode(event);
        run(() -> tellRing(event));
    }

    /** The ring may hold a node to be dead that was silent for a moment only. */
    private void tellRing(Contact answered) {
        if (ring != null && ring.takesForDead(nowMillis(), answered.node())) {
            ring.onNodeUp(nowMillis(), answered);
        }
    }

    /** A node that is back, or elsewhere, is news for the ring as much as one that is gone. */
    private void tellRing(NodeEvent event) {
        NodeRecord before = event.before();
        NodeRecord after = event.after();
        if (ring == null) {
            return;
        }
        if (after != null) {
            ring.onNodeKnown(nowMillis(), after.contact());
        }
        if (after == null && before != null) {
            ring.onNodeDown(nowMillis(), before.contact());
        } else if (after != null && isGone(after)) {
            ring.onNodeDown(nowMillis(), after.contact());
        } else if (after != null && after.state() == NodeState.SUSPECT) {
            ring.onNodeSuspected(nowMillis(), after.contact());
        } else if (after != null && after.isOnRing() && isNews(before, after)) {
            ring.onNodeUp(nowMillis(), after.contact());
        }
    }

    private static boolean isGone(NodeRecord record) {
        return record.state() == NodeState.DOWN || record.state() == NodeState.DECOMMISSIONED;
    }

    private static boolean isNews(@Nullable NodeRecord before, NodeRecord after) {
        return before == null
                || !before.isOnRing()
                || !before.state().isStated()
                || !before.contact().equals(after.contact());
    }

    // what has become of them

    /** With all that happened until now, unless that was very much. */
    RingView view() {
        return views.current();
    }

    boolean isViewBehind() {
        return views.isBehind();
    }

    /** From any thread. */
    RingView publishedView() {
        return views.published();
    }

    @Nullable
    RingNode ring() {
        return ring;
    }

    @Nullable
    Directory directory() {
        return directory;
    }

    long messagesUnreadable() {
        return messagesUnreadable;
    }

    long messagesTooLarge() {
        return post.tooLarge();
    }
}
