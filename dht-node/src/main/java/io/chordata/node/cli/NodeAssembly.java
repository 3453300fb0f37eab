package io.chordata.node.cli;

import io.chordata.node.access.CachedKeys;
import io.chordata.node.admin.AdminAuthenticator;
import io.chordata.node.admin.AdminServer;
import io.chordata.node.admin.ChangeRoute;
import io.chordata.node.admin.ClusterHistory;
import io.chordata.node.admin.EventLog;
import io.chordata.node.admin.Health;
import io.chordata.node.admin.Health.Phase;
import io.chordata.node.admin.InitRoute;
import io.chordata.node.admin.KeysApi;
import io.chordata.node.admin.LoopMonitor;
import io.chordata.node.admin.Metric;
import io.chordata.node.admin.NodeMeters;
import io.chordata.node.admin.NodeOrders;
import io.chordata.node.admin.NodeRoutes;
import io.chordata.node.admin.RecoverRoute;
import io.chordata.node.admin.ShareRoute;
import io.chordata.node.cli.FlowWatch.Source;
import io.chordata.node.cli.PartitionAssembly.Parts;
import io.chordata.node.config.ClusterConfig;
import io.chordata.node.config.HostPort;
import io.chordata.node.config.NodeConfig;
import io.chordata.node.config.OptionCatalogue;
import io.chordata.node.core.Clock;
import io.chordata.node.core.Loop;
import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Peers;
import io.chordata.node.core.RandomSource;
import io.chordata.node.founding.Decision;
import io.chordata.node.founding.Membership;
import io.chordata.node.object.ObjectLayer;
import io.chordata.node.partition.GroupPeers;
import io.chordata.node.partition.NodePartitions;
import io.chordata.node.partition.Standing;
import io.chordata.node.partition.force.PeerForceLinks;
import io.chordata.node.partition.force.Recovery;
import io.chordata.node.ring.RingPorts;
import io.chordata.node.ring.RingService;
import io.chordata.node.ring.RingServiceOptions;
import io.chordata.node.ring.RingStart;
import io.chordata.node.ring.orders.OrderLinks;
import io.chordata.node.ring.status.ClusterRing;
import io.chordata.node.ring.status.FlowReport.Kind;
import io.chordata.node.ring.status.ServiceRing;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.DownNodes;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.PlacementOptions;
import io.chordata.node.ring.view.RingView;
import io.chordata.node.ring.view.Weight;
import io.chordata.node.rpc.VertxPeers;
import io.chordata.node.runtime.SecureRandomSource;
import io.chordata.node.runtime.SystemClock;
import io.chordata.node.runtime.VertxCorrelation;
import io.chordata.node.runtime.VertxLoops;
import io.chordata.node.runtime.VertxTimers;
import io.chordata.node.s3.S3Basics;
import io.chordata.node.s3.S3Server;
import io.chordata.node.s3.S3Services;
import io.chordata.node.s3.S3Tracing;
import io.chordata.node.s3.auth.Authenticator;
import io.chordata.node.storage.BlockMaintenance;
import io.chordata.node.storage.DataDirectory;
import io.chordata.node.storage.Identity;
import io.chordata.node.storage.Identity.Origin;
import io.chordata.node.storage.UnfoundedDirectory;
import io.chordata.node.tls.TlsMaterial;
import io.chordata.node.tls.TlsWatch;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a node together, from the disk up, and nowhere else is it done. The order is that of need: the data directory is
 * locked before anything is opened in it, the admin port answers probes while the logs are replayed, and S3 listens last,
 * when requests can be served. What was started stops in the opposite order. Used once, by the thread that started the
 * program, which may block.
 */
final class NodeAssembly {
    private static final Logger LOG = LoggerFactory.getLogger(NodeAssembly.class);
    private static final long STOP_SECONDS = 10;
    private static final long REMINDER_MILLIS = TimeUnit.MINUTES.toMillis(1);

    private final NodeConfig config;
    private final Lifecycle lifecycle;
    private final StopStack stops;
    private final Clock clock = new SystemClock();
    private final RandomSource random = new SecureRandomSource();
    private final Health health = new Health();
    private final NodeMeters meters = new NodeMeters();
    private final CachedKeys keys;
    private final NodeKeys nodeKeys;
    private final ShareLinks links;
    private final NodeDoor door = new NodeDoor();
    private final S3Watch s3Watch = new S3Watch(meters);
    private final FlowWatch flows;
    private final NodeRouting routing;
    private final ProcessVitals vitals = new ProcessVitals();
    private final NodeStatus status;
    private final NodeRing ring;
    private final NodeDepartures departures = new NodeDepartures();
    private final PartitionRecovery recovery = new PartitionRecovery();
    private final NodeFounding founding;
    private final EventLog events;
    private final ClusterHistory history = new ClusterHistory();
    private final Vertx vertx;
    private final VertxLoops loops;
    private final VertxTimers timers;
    private final NodeNetwork network;
    private final NodeCertificates certificates;

    NodeAssembly(NodeConfig config, Lifecycle lifecycle, StopStack stops) {
        this.config = config;
        this.lifecycle = lifecycle;
        this.stops = stops;
        stops.push("meters", meters::close);
        meters.gauge(Metric.READY, () -> health.phase() == Phase.SERVING ? 1 : 0);
        vertx = VertxFactory.create(config, meters.registry());
        stops.push("event loops", () -> vertx.close().await());
        watchLoops();
        loops = new VertxLoops(vertx, config.eventLoops());
        keys = new CachedKeys(
                config.credentials().accessKey(), config.credentials().secretKey(), loops, clock);
        nodeKeys = new NodeKeys(keys, random);
        links = new ShareLinks(keys, clock, config.s3().region());
        status = new NodeStatus(loops, vitals);
        ring = new NodeRing();
        events = new EventLog(random.nextUint128(), clock);
        timers = new VertxTimers(vertx, loops);
        flows = new FlowWatch(s3Watch::take, clock, timers);
        founding = new NodeFounding(loops, timers);
        routing = new NodeRouting(timers, clock.wallMillis());
        certificates = new NodeCertificates(
                vertx, clock, meters, stops, config.tls().check().toMillis());
        network = new NodeNetwork(
                vertx,
                loops,
                timers,
                clock,
                random,
                config.cluster(),
                config.eventLoops(),
                new RpcWatch(meters),
                certificates);
    }

    private void watchLoops() {
        LoopWatch watch = new LoopWatch(() -> Runtime.getRuntime().halt(ExitCode.INTERNAL_ERROR.number()));
        watch.watch(((VertxInternal) vertx).eventLoopGroup());
        watch.watch(((VertxInternal) vertx).acceptorEventLoopGroup());
        stops.push("loop watch", watch::stop);
    }

    NodeRuntime start() {
        if (!config.cluster().seeds().isEmpty()) {
            DataDirectory.setAsideIfRecordsAreGone(config.data());
        }
        if (DataDirectory.isFounded(config.data())) {
            return startAs(openData(), startAdmin());
        }
        return config.init() || !config.cluster().seeds().isEmpty()
                ? searchCluster(takeEmpty(), startAdmin())
                : awaitFounding();
    }

    private DataDirectory openData() {
        DataDirectory directory = DataDirectory.open(config.data());
        stops.push("data directory", directory::close);
        return directory;
    }

    private UnfoundedDirectory takeEmpty() {
        UnfoundedDirectory empty = UnfoundedDirectory.take(config.data());
        stops.push("data directory", empty::close);
        if (!config.cluster().seeds().isEmpty()) {
            health.become(Phase.WAITING);
        }
        return empty;
    }

    private NodeRuntime searchCluster(UnfoundedDirectory empty, HostPort admin) {
        boolean hasForgotten = DataDirectory.hasForgotten(config.data());
        ClusterSearch search = new ClusterSearch(
                network, config.cluster(), config.init() && !hasForgotten, empty.ballots(), this::notServing);
        founding.searching(search::found, hasForgotten);
        Decision decision = search.run(lifecycle);
        return decision == null ? waiting(admin) : startAs(empty.found(NodeStores.founding(decision, random)), admin);
    }

    private NodeRuntime waiting(HostPort admin) {
        return new NodeRuntime(s3Address(), admin, health, stops);
    }

    /** From here on the node knows who it is, and so may others. */
    private NodeRuntime startAs(DataDirectory directory, HostPort admin) {
        notServing(NodeStatus.STARTING);
        Identity identity = directory.identity();
        founding.of(identity);
        NodeStores stores = openStores(directory);
        PeerNews news = new PeerNews();
        Peers peers = startPeers(identity, news);
        if (!awaitSeedsOfOwnCluster(identity, peers)) {
            return waiting(admin);
        }
        RingHolders holders = new RingHolders(config.zone());
        Parts store = partitionAssembly().open(identity, stores, new GroupPeers(peers, holders), news);
        HostPort s3 = startServing(store, holders);
        NodeRecord self = selfOf(identity, stores, s3, admin);
        RingService service = startRing(identity, stores, peers, self);
        news.tell(service.peersListener());
        NodeRing.Parts parts = ringParts(identity, service, peers);
        holders.serving(service::view, parts.placements());
        ring.serving(parts);
        ClusterPartitions cluster = new ClusterPartitions(parts.ring(), identity.partitioning(), parts.placements());
        status.serving(statusParts(identity, stores, service, self, cluster));
        startRouting(service, identity, store, cluster);
        watch(service, parts);
        Moves moves = partitionAssembly()
                .startMoves(
                        store,
                        new RingSurroundings(service::view, parts.placements(), identity.partitioning(), clock),
                        ringLoop());
        meters.count(Metric.PARTITIONS_MOVED, store.blocks()::fetchedBytes, "content", "blocks");
        meters.count(Metric.PARTITIONS_MOVED, store.kept().snapshots()::sum, "content", "records");
        departures.serving(new NodeDepartures.Parts(
                service,
                identity.node(),
                new OrderLinks(peers),
                cluster::views,
                moves::holdsNothing,
                config.cluster().placement().replication()));
        startRecovery(identity, store, service);
        watchGroups(store, moves, cluster, service);
        service.joined().onSuccess(joined -> onRing());
        awaitReadiness(service, store.kept(), cluster);
        logServing(directory, s3, admin);
        stops.push("balancers", this::awaitBalancers);
        return new NodeRuntime(s3, admin, health, stops);
    }

    private void startRecovery(Identity identity, Parts store, RingService service) {
        PeerForceLinks force = new PeerForceLinks(
                identity.node(),
                identity.partitioning(),
                store.peers().peers(),
                store.peers().holders()::peer,
                store.kept().remains());
        force.serve();
        recovery.serving(new PartitionRecovery.Parts(
                identity.partitioning(), () -> service.view().nodes(), new Recovery(force)));
    }

    /** The cluster is asked once, so that the first probe finds an answer. */
    private void onRing() {
        health.joinedRing();
        status.isServed();
    }

    /** Not ready any more, it still serves, until whoever sends requests to it has noticed. */
    private void awaitBalancers() throws InterruptedException {
        Thread.sleep(config.stopDelay().toMillis());
    }

    private NodeStores openStores(DataDirectory directory) {
        StoreMeters storeMeters = new StoreMeters(meters, health);
        NodeStores stores = NodeStores.open(directory, config, loops, timers, clock, random, storeMeters, stops);
        storeMeters.watch(stores.records());
        storeMeters.watch(stores.blocks());
        startUpkeep(stores);
        return stores;
    }

    /** A node that joined others would otherwise begin a ring of its own. */
    private void requireAlone(Identity identity) {
        if (identity.origin() == Origin.JOINED) {
            throw new CommandFailedException(
                    ExitCode.USAGE,
                    "this node, " + identity.node() + ", is one of cluster " + identity.cluster()
                            + " and needs its secret: give it as " + OptionCatalogue.CLUSTER_SECRET.environmentName()
                            + ", or in a file that " + OptionCatalogue.CLUSTER_SECRET_FILE.flag() + " names");
        }
    }

    /** What the node and others do together stands on these peers. */
    private Peers startPeers(Identity identity, PeerNews news) {
        if (config.cluster().secret() == null) {
            requireAlone(identity);
            LOG.info("event=internal_port_closed reason=\"no cluster secret was given: this node is alone\"");
            return new NobodyElse();
        }
        Membership membership = new Membership(identity.cluster(), identity.partitioning());
        VertxPeers peers = network.start(identity.cluster(), identity.node(), new MemberReceiver(membership), news);
        stops.push("peers", () -> peers.stop().await());
        LOG.info(
                "event=internal_port_open internal={} advertised={}",
                config.cluster().rpc().host() + ":" + peers.port(),
                config.cluster().advertise());
        return peers;
    }

    /** False if the node is to stop. */
    private boolean awaitSeedsOfOwnCluster(Identity identity, Peers peers) {
        SeedCheck check = new SeedCheck(network, identity.cluster(), config.data(), peers, this::notServing);
        if (!check.run(lifecycle)) {
            return false;
        }
        notServing(NodeStatus.STARTING);
        return true;
    }

    private NodeRecord selfOf(Identity identity, NodeStores stores, HostPort s3, HostPort admin) {
        Weight weight = config.cluster().placement().weight();
        return new NodeRecord(
                new Contact(identity.node(), address(config.cluster().advertise()), identity.incarnation()),
                config.name(),
                address(config.cluster().reachable(s3)),
                address(config.cluster().reachable(admin)),
                config.zone(),
                weight != null
                        ? weight
                        : Weight.ofCapacity(stores.blocks().stats().capacityBytes()),
                NodeVersion.text(),
                List.of(),
                NodeState.JOINING,
                NodeState.JOINING);
    }

    private static NodeAddress address(HostPort address) {
        return new NodeAddress(address.host(), address.port());
    }

    /** Also a node that is alone has a ring: there is one way to serve. */
    private RingService startRing(Identity identity, NodeStores stores, Peers peers, NodeRecord self) {
        ClusterConfig cluster = config.cluster();
        RingService service = RingService.open(
                new RingPorts(loops, ringLoop(), clock, timers, random, stores.records(), peers),
                new RingServiceOptions(
                        cluster.placement().positions(),
                        RingServiceOptions.DEFAULT.patienceMillis(),
                        cluster.ring(),
                        cluster.directory()),
                new RingStart(
                        self,
                        cluster.placement().weight() == null,
                        identity.origin() == Origin.FOUNDED,
                        cluster.seeds().stream().map(NodeAssembly::address).toList(),
                        identity.partitioning(),
                        cluster.placement().replication()),
                new RingEnd(health, lifecycle));
        stops.push("ring", () -> service.leave().await(STOP_SECONDS, TimeUnit.SECONDS));
        return service;
    }

    private Loop ringLoop() {
        return loops.ownerOf(new PartitionId(0));
    }

    private NodeRing.Parts ringParts(Identity identity, RingService service, Peers peers) {
        ServiceRing own = new ServiceRing(identity.node(), service, status::held, flows::latest);
        ClusterRing clusterRing =
                new ClusterRing(new ClusterRing.Ports(own, identity.partitioning(), peers, loops, timers), ringLoop());
        clusterRing.serve();
        PlacementOptions options = config.cluster().placement();
        Placements placements = new Placements(
                loops,
                clock,
                identity.partitioning(),
                options.replication(),
                new DownNodes(options.replaceAfterMillis()));
        return new NodeRing.Parts(clusterRing, identity.node(), identity.partitioning(), placements);
    }

    private NodeStatus.Node statusParts(
            Identity identity, NodeStores stores, RingService service, NodeRecord self, ClusterPartitions partitions) {
        return new NodeStatus.Node(
                identity, stores, service, self, partitions, new ClusterProbe(partitions::areServed, timers, clock));
    }

    private void startRouting(RingService service, Identity identity, Parts store, ClusterPartitions cluster) {
        NodeRouting.Parts parts = new NodeRouting.Parts(service::view, identity.partitioning(), store.all(), cluster);
        ringLoop().execute(() -> routing.serving(parts));
        stops.push("routing", () -> ringLoop().execute(routing::stop));
    }

    private void watch(RingService service, NodeRing.Parts parts) {
        RingWatch watch = new RingWatch(
                service, parts.self(), status::load, view -> onLook(view, parts.placements()), timers, ringLoop());
        watch.start(meters, events);
        stops.push("ring watch", watch::stop);
    }

    private void onLook(RingView view, Placements placements) {
        placements.look(view);
        departures.look();
    }

    private void watchGroups(Parts store, Moves moves, ClusterPartitions cluster, RingService service) {
        GroupMeters groupMeters = new GroupMeters(meters);
        groupMeters.watch(store.kept(), config.cluster().placement().replication(), service::view);
        groupMeters.watch(store.all());
        groupMeters.watch(moves);
        groupMeters.watch(store.blocks());
        ClusterWatch watch = new ClusterWatch(
                new ClusterWatch.Parts(
                        store.identity().node(), service::view, status, cluster, s3Watch, store.blocks()),
                events,
                history,
                clock,
                timers);
        watch.start(ringLoop());
        stops.push("cluster watch", watch::stop);
        flows.start(
                List.of(
                        new Source("blocks", Kind.REPLICATION, store.blocks().written()),
                        new Source("entries", Kind.REPLICATION, store.kept().entries()),
                        new Source("lacking blocks", Kind.REPAIR, store.blocks().repaired()),
                        new Source(
                                "blocks of new members",
                                Kind.MOVEMENT,
                                store.blocks().moved()),
                        new Source("states", Kind.MOVEMENT, store.kept().snapshots())),
                ringLoop());
        stops.push("flow watch", flows::stop);
    }

    /** Founding is a decision: a node that lost its disk and founded itself anew would look like an empty cluster. */
    private NodeRuntime awaitFounding() {
        health.become(Phase.WAITING);
        notServing("the data directory " + config.data() + " is empty and neither --init nor --seeds was given");
        HostPort admin = startAdmin();
        remind();
        if (!founding.awaitOrder(lifecycle)) {
            return waiting(admin);
        }
        return DataDirectory.isFounded(config.data()) ? startAs(openData(), admin) : searchCluster(takeEmpty(), admin);
    }

    private void notServing(String why) {
        founding.waiting(why);
        status.notServing(() -> why);
        ring.notServing(why);
    }

    private void remind() {
        if (!founding.isAwaited()) {
            return;
        }
        LOG.warn(
                "event=waiting_to_be_founded data={} hint=\"empty data directory: to found a new cluster here, start"
                        + " with --init, or ask for it by 'chordata init'; to join one, name its nodes with --seeds; if it"
                        + " should not be empty, check the mount\"",
                config.data());
        timers.once(REMINDER_MILLIS, this::remind);
    }

    private HostPort startAdmin() {
        Timer lag = meters.timer(Metric.LOOP_LAG);
        LoopMonitor monitor = new LoopMonitor(
                loops, config.eventLoops(), timers, clock, nanos -> lag.record(nanos, TimeUnit.NANOSECONDS));
        monitor.start();
        stops.push("loop monitor", monitor::stop);
        HostPort address = config.admin();
        TlsWatch watch = certificates.open("admin", config.tls().admin());
        TlsMaterial tls = NodeCertificates.of(watch);
        AdminServer server = AdminServer.create(
                vertx,
                address.host(),
                new AdminServer.Sources(
                        health,
                        monitor,
                        meters,
                        status,
                        ring,
                        events,
                        history,
                        new KeysApi(nodeKeys::admin),
                        door,
                        changes(departures, recovery, founding, links)),
                new AdminAuthenticator(keys, clock),
                tls);
        stops.push("admin server", () -> server.close().await());
        certificates.start(watch, tls, server::renew);
        return address.withPort(ListenFailure.awaitListening(
                server.listen(address.host(), address.port()),
                "console, health and metrics",
                address,
                OptionCatalogue.ADMIN,
                OptionCatalogue.ADMIN_PORT));
    }

    /** What can be changed at the admin port, besides keys and sessions. */
    static List<ChangeRoute> changes(
            NodeOrders orders, RecoverRoute.Recoverer recoverer, InitRoute.Founder founder, ShareRoute.Linker linker) {
        return Stream.concat(
                        NodeRoutes.of(orders).stream(),
                        Stream.of(RecoverRoute.of(recoverer), InitRoute.of(founder), ShareRoute.of(linker)))
                .toList();
    }

    /** Who leads a partition can answer at once; who does not has to be on the ring and to hear that somebody else can. */
    private void awaitReadiness(RingService service, NodePartitions partitions, ClusterPartitions cluster) {
        if (partitions.standings().stream().anyMatch(Standing::serves)) {
            health.become(Phase.SERVING);
        } else {
            new Readiness(health, timers, () -> service.joined().compose(joined -> cluster.isAnyServed())).await();
        }
    }

    private PartitionAssembly partitionAssembly() {
        return new PartitionAssembly(config, loops, timers, clock, random, stops);
    }

    private HostPort startServing(Parts store, RingHolders holders) {
        ObjectLayer objects = partitionAssembly().startObjects(store);
        nodeKeys.serving(config.cluster().secret(), store.identity().cluster(), objects.keys());
        HostPort s3 = startS3(store.identity(), objects);
        status.serving(new NodeStatus.Objects(store.kept(), objects));
        new PartitionWatch(meters, health, store.identity().node(), holders::isUp, store.kept(), timers, loops)
                .start()
                .await();
        return s3;
    }

    private void startUpkeep(NodeStores stores) {
        SpaceWatch space = new SpaceWatch(stores, loops.ownerOf(new PartitionId(0)), timers);
        space.start();
        stops.push("space watch", space::stop);
        BlockMaintenance maintenance = new BlockMaintenance(stores.blocks(), timers, clock, config.maintenance());
        maintenance.start();
        vitals.scrubbedBy(maintenance::lastScrub);
        meters.count(Metric.BLOCKS_CHECKED, maintenance::checkedBlocks);
        meters.gauge(
                Metric.BLOCKS_SCRUB_AGE, () -> maintenance.scrubAgeMillis() / (double) TimeUnit.SECONDS.toMillis(1));
        stops.push("block maintenance", maintenance::stop);
    }

    private HostPort startS3(Identity identity, ObjectLayer objects) {
        S3Services services = new S3Services(
                objects.buckets(),
                objects.objects(),
                objects.uploads(),
                objects.listings(),
                objects::eventual,
                new Authenticator(keys, clock));
        TlsWatch watch = certificates.open("s3", config.tls().s3());
        TlsMaterial tls = NodeCertificates.of(watch);
        S3Server server = new S3Server(vertx, config.s3(), tls, s3Basics(identity), services);
        HostPort address = listen(server);
        certificates.start(watch, tls, server::renew);
        door.serving(server);
        links.serving(config.s3Url(address));
        return address;
    }

    private S3Basics s3Basics(Identity identity) {
        return new S3Basics(
                s3Watch,
                tracing(identity),
                new VertxCorrelation(),
                clock,
                random,
                routing,
                identity.node().toString());
    }

    private S3Tracing tracing(Identity identity) {
        URI endpoint = config.tracing().endpoint();
        if (endpoint == null) {
            return S3Tracing.NONE;
        }
        OtelTracing tracing = OtelTracing.open(
                endpoint, config.tracing(), config.name(), identity.node().toString());
        stops.push("tracing", tracing::close);
        return tracing;
    }

    private HostPort listen(S3Server server) {
        stops.push("S3 server", () -> stopS3(server));
        HostPort address = s3Address();
        return address.withPort(ListenFailure.awaitListening(
                server.start(config.eventLoops()).map(started -> server.port()),
                "S3",
                address,
                OptionCatalogue.S3,
                OptionCatalogue.S3_PORT));
    }

    /** Both ways in, at once: what is stored must be open until the last request has its answer. */
    private void stopS3(S3Server server) {
        Future<Void> answered = door.close();
        Future<Void> stopped = server.stop(config.stopGrace());
        try {
            answered.await(config.stopGrace().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            door.cutOff();
        }
        stopped.await();
    }

    private HostPort s3Address() {
        return new HostPort(config.s3().host(), config.s3().port());
    }

    private void logServing(DataDirectory directory, HostPort s3, HostPort admin) {
        LOG.info(
                "event=serving s3={} admin={} cluster={} node={} origin={} data={} transport={} startMillis={}",
                s3,
                admin,
                directory.identity().cluster(),
                directory.identity().node(),
                directory.identity().origin(),
                config.data(),
                vertx.isNativeTransportEnabled() ? "native" : "nio",
                clock.wallMillis() - ManagementFactory.getRuntimeMXBean().getStartTime());
    }
}
