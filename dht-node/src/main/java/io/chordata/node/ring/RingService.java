package io.chordata.node.ring;

import io.chordata.node.core.Loop;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Peers;
import io.chordata.node.core.RingId;
import io.chordata.node.ring.RingOptions.Routing;
import io.chordata.node.ring.directory.Counter;
import io.chordata.node.ring.directory.Directory;
import io.chordata.node.ring.directory.DirectoryEvent;
import io.chordata.node.ring.directory.DirectoryEvent.NodeEvent;
import io.chordata.node.ring.directory.DirectoryStart;
import io.chordata.node.ring.view.Departure;
import io.chordata.node.ring.view.NodeLoad;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.PlaceCount;
import io.chordata.node.ring.view.PositionChooser;
import io.chordata.node.ring.view.RingView;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A node's part in the ring: its directory of nodes, its positions, and its way from the start to the goodbye
 * ({@link RingPhase}). Public methods may be called from any thread; futures complete on the caller's loop.
 *
 * <p><b>Places.</b> A node chooses its places once, when it first joins: by the view of the whole cluster, so it waits until
 * another node has told it all (the founder has nobody to wait for). The choice is durable before anybody hears of it.
 * Newcomers that know of each other choose one after the other ({@link Newcomers}); two that do not, or had to wait too long,
 * are spread with respect to each other as chance has it, and stay so.
 *
 * <p><b>Restarts.</b> A node whose places were on the ring before comes back as what it was, alive, takes them again, and
 * begins a ring of its own only when it finds nobody on one for a while: so a cluster that was stopped as a whole comes back,
 * whoever starts first, and rings that began apart are joined by healing. One that was to leave ({@link Departure}) comes back
 * as draining: it keeps its places, but partitions go.
 *
 * <p><b>The end.</b> A node that leaves, is refused by the cluster, or finds itself broken says nothing any more. The last
 * two the {@link Listener} is told, once; the process is then expected to end.
 */
public final class RingService {
    private static final long STATUS_MILLIS = 100;
    /** Those that repair the ring have a bound of their own, and must not wait for these. */
    private static final int LOOKUPS_MAX = 64;

    private final RingPorts ports;
    private final RingServiceOptions options;
    private final RingStart start;
    private final Listener listener;
    private final Loop loop;
    private final RingMemory memory;
    private final RingEvents events;
    private final RingNews news;
    private final RingMachines machines;
    private final Inbox inbox;
    private final Promise<Void> joined = Promise.promise();
    private final Set<Promise<LookupResult>> lookups = new LinkedHashSet<>();
    private RingPhase phase = RingPhase.STARTING;
    private NodeRecord own;
    private @Nullable Places places;
    private boolean isStoring;
    private Future<Void> departing = Future.succeededFuture();
    private long ringKnownMillis = Long.MAX_VALUE;
    private long toldMillis = Long.MAX_VALUE;
    private long viewMillis;
    private @Nullable RingStatus status;
    private long statusMillis;
    private long lookupsEnded;
    private long lookupsStopped;
    private long lookupHops;

    /** Whoever runs the node; called on the ring's loop. */
    public interface Listener {
        /** The cluster does not let this node take part. */
        void onRefused(RingRefusedException why);

        /** The ring of this node is broken, or what it must remember cannot be stored. */
        void onFailed(Throwable cause);
    }

    private RingService(RingPorts ports, RingServiceOptions options, RingStart start, Listener listener) {
        this.ports = ports;
        this.options = options;
        this.start = start;
        this.listener = listener;
        this.loop = ports.loop();
        this.own = start.record().withState(NodeState.JOINING).withCandidates(List.of());
        this.memory = new RingMemory(ports.records(), ports.timers());
        this.events = new RingEvents();
        this.news = new RingNews(ports.clock(), events);
        this.machines = new RingMachines(ports, options, own.contact(), new Ears());
        this.inbox = new Inbox(loop, ports.clock(), ports.timers());
    }

    /** Begins at once; {@link #joined} tells when the node is on the ring. */
    public static RingService open(RingPorts ports, RingServiceOptions options, RingStart start, Listener listener) {
        RingService service = new RingService(ports, options, start, listener);
        ports.peers().serve(Peers.Service.RING, service.receiver(service.machines::onRingBytes));
        ports.peers().serve(Peers.Service.DIRECTORY, service.receiver(service.machines::onDirectoryBytes));
        service.loop.execute(service::begin);
        return service;
    }

    private Peers.Receiver receiver(Inbox.Reader reader) {
        return new Peers.Receiver() {
            @Override
            public void onMessage(NodeId from, Buffer message) {
                inbox.add(from, message.getBytes(), (node, bytes) -> machines.run(() -> reader.read(node, bytes)));
            }

            @Override
            public Future<Buffer> onCall(NodeId from, Buffer request) {
                return Future.failedFuture("the ring takes messages only");
            }
        };
    }

    /** To be told by the peers. */
    public Peers.Listener peersListener() {
        return peer -> loop.execute(() -> machines.run(() -> machines.onUnreachable(peer)));
    }

    // the way onto the ring, on the ring's loop

    private void begin() {
        after(loop.executeBlocking(memory::read), this::onMemory);
    }

    /** What comes next runs in a turn, and not at all once the node is done with the ring. */
    private <T> void after(Future<T> step, Consumer<T> next) {
        step.onSuccess(result -> machines.run(() -> next.accept(result))).onFailure(this::fail);
    }

    private void onMemory(RingMemory.Content content) {
        Places remembered = content.places();
        boolean returns = remembered != null && remembered.isTaken();
        if (remembered != null) {
            own = own.withCandidates(remembered.candidates())
                    .withWeight(start.isWeightMeasured() ? remembered.weight() : own.weight());
        }
        own = own.withState(stateAtStart(remembered));
        machines.openDirectory(new DirectoryStart(own, returns, start.seeds(), content.image()));
        if (remembered == null) {
            become(RingPhase.SEEKING);
        } else {
            takePlaces(remembered, returns ? RingNode.Entry.RETURN : RingNode.Entry.JOIN);
        }
    }

    private static NodeState stateAtStart(@Nullable Places places) {
        if (places == null || !places.isTaken()) {
            return NodeState.JOINING;
        }
        return places.departure() == Departure.NONE ? NodeState.ALIVE : NodeState.DRAINING;
    }

    private void seek() {
        long now = machines.nowMillis();
        Directory directory = machines.directory();
        if (machines.view().positionCount() > 0) {
            ringKnownMillis = Math.min(ringKnownMillis, now);
        }
        if (directory != null && directory.hasExchanged()) {
            toldMillis = Math.min(toldMillis, now);
        }
        if (start.isFounder() || isTimeToChoose(now)) {
            choose();
        }
    }

    /**
     * Somebody is on the ring; it has told all that there is, and then those who came at the same time had a moment to be heard
     * of; none of them chooses first. Or all that took too long.
     */
    private boolean isTimeToChoose(long now) {
        if (ringKnownMillis == Long.MAX_VALUE) {
            return false;
        }
        boolean isTold = toldMillis != Long.MAX_VALUE
                && !machines.isViewBehind()
                && now - toldMillis >= options.directory().probePeriodMillis();
        return now - ringKnownMillis >= options.patienceMillis()
                || (isTold && Newcomers.isTurnOf(own.node(), machines.view()));
    }

    private void choose() {
        become(RingPhase.CHOOSING);
        RingView view = Newcomers.settled(machines.view());
        NodeRecord joining = own;
        int places = PlaceCount.of(view, joining, placesOfTheFirst());
        Future<List<Integer>> chosen = loop.executeBlocking(
                () -> PositionChooser.choose(view, joining, start.partitioning(), start.replicas(), places));
        after(chosen, this::onChosen);
    }

    private int placesOfTheFirst() {
        return start.isWeightMeasured() ? options.positions() : own.weight().positions(options.positions());
    }

    /** The founder has its places with the choice: nobody else could have them, and after a crash it must not wait for others. */
    private void onChosen(List<Integer> candidates) {
        Places chosen = new Places(candidates, own.weight(), start.isFounder());
        after(memory.write(chosen), stored -> {
            own = own.withCandidates(candidates);
            machines.restate(own, chosen.isTaken());
            handTurnOn();
            takePlaces(chosen, chosen.isTaken() ? RingNode.Entry.FOUND : RingNode.Entry.JOIN);
        });
    }

    private void handTurnOn() {
        NodeId next = Newcomers.nextAfter(own.node(), machines.view());
        if (next != null) {
            machines.tellNews(next);
        }
    }

    private void takePlaces(Places chosen, RingNode.Entry entry) {
        places = chosen;
        become(RingPhase.JOINING);
        machines.startRing(chosen.of(own.contact()), entry);
    }

    private void join() {
        RingNode ring = machines.ring();
        Places taken = places;
        if (ring == null || taken == null || isStoring || !ring.isJoined()) {
            return;
        }
        isStoring = true;
        if (taken.isTaken()) {
            onTaken(taken);
        } else {
            after(remember(taken.taken()), stored -> onTaken(taken.taken()));
        }
    }

    /** With whom it knows: from now on it returns instead of joining, and may have to find them without a seed. */
    private Future<Void> remember(Places taken) {
        Directory directory = machines.directory();
        Future<Void> known = directory == null ? Future.succeededFuture() : memory.write(directory.image());
        return known.compose(written -> memory.write(taken));
    }

    /** Said only now: who was alive once never joins again. */
    private void onTaken(Places taken) {
        places = taken;
        restate(taken);
        become(RingPhase.JOINED);
        loop.execute(() -> joined.tryComplete());
    }

    private void restate(Places taken) {
        if (own.state() != stateAtStart(taken)) {
            own = own.withState(stateAtStart(taken));
            machines.restate(own, true);
        }
    }

    private void become(RingPhase next) {
        if (!phase.mayBecome(next)) {
            throw new IllegalStateException("from " + phase + " to " + next);
        }
        phase = next;
        news.onPhase(next);
    }

    private void end(RingPhase last) {
        become(last);
        machines.end();
        RingUnavailableException over = new RingUnavailableException(last);
        lookups.forEach(lookup -> lookup.tryFail(over));
        lookups.clear();
        loop.execute(() -> joined.tryFail(over));
    }

    private void fail(Throwable cause) {
        machines.fail(cause);
    }

    /** What the machines tell. */
    private final class Ears implements RingMachines.Owner {
        @Override
        public void onTurn() {
            if (news.onView(machines.view())) {
                viewMillis = machines.nowMillis();
            }
            RingNode ring = machines.ring();
            if (ring != null) {
                news.onRing(ring);
            }
            if (phase == RingPhase.SEEKING) {
                seek();
            } else if (phase == RingPhase.JOINING) {
                join();
            }
        }

        @Override
        public void onNode(NodeEvent event) {
            news.onNode(event);
        }

        @Override
        public void onWarning(String text) {
            news.warn(text);
        }

        @Override
        public void onRefused(DirectoryEvent.Refused refused) {
            RingRefusedException why =
                    new RingRefusedException(refused.reason(), RefusalText.of(own, refused, machines.view()));
            end(RingPhase.REFUSED);
            loop.execute(() -> listener.onRefused(why));
        }

        @Override
        public void onImage(byte[] image) {
            memory.write(image).onFailure(RingService.this::fail);
        }

        @Override
        public void onFailed(Throwable cause) {
            end(RingPhase.FAILED);
            loop.execute(() -> listener.onFailed(cause));
        }
    }

    // from any thread

    /** Completes when all places of this node are on the ring; fails if that never will be. */
    public Future<Void> joined() {
        return onLoop(joined::future);
    }

    /**
     * Hands a goodbye for the neighbours, and for some nodes of the directory, to the peers, which may lose it as they may any
     * message: then the others find out. Completes when no image of the directory waits to be written any more; fails if the
     * last one could not be.
     */
    public Future<Void> leave() {
        return onLoop(() -> {
            machines.run(() -> {
                machines.leave();
                end(RingPhase.LEFT);
            });
            return memory.idle();
        });
    }

    /**
     * An operator wants this node to leave, or to stay after all. It is durable before anybody hears of it. Fails with
     * {@link RingUnavailableException} while the node is not on the ring.
     */
    public Future<Void> depart(Departure how) {
        return onLoop(() -> {
            departing = departing.transform(before -> departAs(how));
            return departing;
        });
    }

    private Future<Void> departAs(Departure how) {
        Places taken = places;
        if (phase != RingPhase.JOINED || taken == null) {
            return Future.failedFuture(new RingUnavailableException(phase));
        }
        if (taken.departure() == how) {
            return Future.succeededFuture();
        }
        Places leaving = taken.leaving(how);
        return memory.write(leaving)
                .onSuccess(stored -> machines.run(() -> {
                    places = leaving;
                    restate(leaving);
                }))
                .onFailure(this::fail);
    }

    /** Whether this node is to leave. */
    public Future<Departure> departure() {
        return onLoop(() -> {
            Places taken = places;
            return Future.succeededFuture(taken == null ? Departure.NONE : taken.departure());
        });
    }

    /**
     * Removes a node for ever, on an operator's order. Completes when that is durable here, with whether there is such a node.
     * It is best another one: that this one has refused itself the others might not hear.
     */
    public Future<Boolean> decommission(NodeId node) {
        return onLoop(() -> {
            boolean[] isKnown = {false};
            machines.run(() -> isKnown[0] = machines.decommission(node));
            return memory.idle().map(written -> isKnown[0]);
        });
    }

    /** All nodes as this one knows them. */
    public RingView view() {
        return machines.publishedView();
    }

    public RingEvents events() {
        return events;
    }

    /** The pointers and fingers of this node; the same for some moments, however often it is asked. */
    public Future<RingStatus> ownStatus() {
        return onLoop(() -> {
            RingStatus known = status;
            if (known == null || known.phase() != phase || machines.nowMillis() - statusMillis >= STATUS_MILLIS) {
                known = readStatus();
                status = known;
                statusMillis = machines.nowMillis();
            }
            return Future.succeededFuture(known);
        });
    }

    private RingStatus readStatus() {
        RingNode ring = machines.ring();
        return new RingStatus(
                own.contact(),
                phase,
                ring == null ? List.of() : ring.pointers(),
                ring == null ? List.of() : ring.fingers());
    }

    /** Finds the position that answers for an id, by all that this node may use. */
    public Future<LookupResult> lookup(RingId id) {
        return lookup(id, options.ring().routing());
    }

    /**
     * The same, by what {@code routing} lets this node use beside fingers; which lists lead on is up to the nodes on the way.
     * Fails with {@link RingUnavailableException} when this node is not on the ring; finding nobody is a result, and so is that
     * too many are under way.
     */
    public Future<LookupResult> lookup(RingId id, Routing routing) {
        return onLoop(() -> {
            RingNode ring = machines.ring();
            if (ring == null || phase.isOver()) {
                return Future.failedFuture(new RingUnavailableException(phase));
            }
            if (lookups.size() >= LOOKUPS_MAX) {
                lookupsEnded++;
                lookupsStopped++;
                return Future.succeededFuture(new LookupResult.Stopped(id, LookupResult.Reason.BUSY, null, List.of()));
            }
            Promise<LookupResult> found = Promise.promise();
            lookups.add(found);
            machines.run(() -> ring.lookup(machines.nowMillis(), id, routing, (now, result) -> onEnd(found, result)));
            return found.future();
        });
    }

    private void onEnd(Promise<LookupResult> found, LookupResult result) {
        lookups.remove(found);
        lookupsEnded++;
        if (result instanceof LookupResult.Found) {
            lookupHops += result.hops();
        } else {
            lookupsStopped++;
        }
        found.tryComplete(result);
    }

    /** Says how loaded this node is now; the others hear it some time. */
    public void report(NodeLoad load) {
        loop.execute(() -> machines.run(() -> {
            Directory directory = machines.directory();
            if (directory != null) {
                directory.report(machines.nowMillis(), load);
            }
        }));
    }

    /** How loaded nodes said they are; those that never did are missing. */
    public Future<Map<NodeId, NodeLoad>> loads() {
        return onLoop(() -> {
            Map<NodeId, NodeLoad> loads = new TreeMap<>();
            Directory directory = machines.directory();
            if (directory != null) {
                for (NodeRecord record : directory.nodes()) {
                    NodeLoad load = directory.load(record.node());
                    if (load != null) {
                        loads.put(record.node(), load);
                    }
                }
            }
            return Future.succeededFuture(loads);
        });
    }

    public Future<RingFigures> figures() {
        return onLoop(() -> Future.succeededFuture(countAll()));
    }

    private RingFigures countAll() {
        RingNode ring = machines.ring();
        Directory directory = machines.directory();
        EnumMap<RingRule, Long> rules = new EnumMap<>(RingRule.class);
        for (RingRule rule : RingRule.values()) {
            rules.put(rule, ring == null ? 0 : ring.counters().of(rule));
        }
        EnumMap<Counter, Long> counters = new EnumMap<>(Counter.class);
        for (Counter counter : Counter.values()) {
            counters.put(counter, directory == null ? 0 : directory.count(counter));
        }
        return new RingFigures(
                machines.view().version(),
                machines.nowMillis() - viewMillis,
                ring == null ? 0 : ring.pointers().size(),
                lookupsEnded,
                lookupsStopped,
                lookupHops,
                ring == null ? 0 : ring.openLookups(),
                machines.messagesUnreadable(),
                machines.messagesTooLarge(),
                inbox.dropped(),
                rules,
                counters);
    }

    /** The machines themselves, for whoever looks inside. */
    RingMachines machines() {
        return machines;
    }

    private <T> Future<T> onLoop(Supplier<Future<T>> call) {
        Loop caller = ports.loops().current();
        Promise<T> promise = Promise.promise();
        loop.execute(() -> Future.<Void>succeededFuture()
                .compose(ignored -> call.get())
                .onComplete((result, failure) -> caller.execute(() -> promise.complete(result, failure))));
        return promise.future();
    }
}
