package io.chordata.node.admin;

/**
 * Every metric that Chordata itself reports at {@code /metrics}; beside them stand the {@code jvm_}, {@code process_},
 * {@code system_} and {@code vertx_pool_} metrics of Micrometer's own binders. Prometheus shows dots as underscores and
 * appends the unit, and {@code _total} to counters.
 */
public enum Metric {
    S3_REQUESTS("chordata.s3.requests", "", "S3 requests answered, by operation and status code"),
    S3_LATENCY("chordata.s3.latency", "seconds", "From the request's head to the answer's end, by operation"),
    S3_RECEIVED("chordata.s3.received", "bytes", "Request body bytes taken, by operation"),
    S3_SENT("chordata.s3.sent", "bytes", "Answer body bytes sent, by operation"),
    S3_REFUSED("chordata.s3.connections.refused", "", "Connections to the S3 port closed at once: too many were open"),
    RECORDS_SYNC("chordata.records.sync", "seconds", "Time to write and sync one group of record batches"),
    RECORDS_BATCHES("chordata.records.batches", "", "Record batches written; over the syncs, the size of a group"),
    RECORDS_WRITTEN("chordata.records.written", "bytes", "Bytes of record batches written"),
    RECORDS_FLUSH("chordata.records.flush", "seconds", "Time to flush applied rows"),
    RECORDS_DEFERRED("chordata.records.deferred", "", "Applied batches that had to wait for a flush"),
    RECORDS_SIZE("chordata.records.size", "bytes", "Records on disk and in memory, roughly, by family"),
    BLOCKS_SYNC("chordata.blocks.sync", "seconds", "Time to write and sync one group of blocks"),
    BLOCKS_BATCHES("chordata.blocks.batches", "", "Blocks written; over the syncs, the size of a group"),
    BLOCKS_WRITTEN("chordata.blocks.written", "bytes", "Bytes of blocks written, headers included"),
    BLOCKS_COUNT("chordata.blocks.count", "", "Blocks held"),
    BLOCKS_LIVE("chordata.blocks.live", "bytes", "Bytes of blocks held"),
    BLOCKS_SEGMENTS(
            "chordata.blocks.segments", "bytes", "Bytes of segment files; less the live ones, what compaction frees"),
    BLOCKS_COMPACTED("chordata.blocks.compacted", "bytes", "Bytes that compaction has written anew"),
    BLOCKS_CORRUPT("chordata.blocks.corrupt", "", "Blocks found damaged since start and set aside"),
    BLOCKS_CHECKED("chordata.blocks.checked", "", "Blocks read and verified by scrubbing since start"),
    BLOCKS_SCRUB_AGE(
            "chordata.blocks.scrub.age",
            "seconds",
            "Since all blocks were read and verified, or since start where none was"),
    BLOCKS_FETCHED("chordata.blocks.fetched", "", "Blocks that came from other nodes, to a new member or for repair"),
    BLOCKS_BAD_COPIES("chordata.blocks.copies.bad", "", "Copies, at any node, that reads from here found bad or gone"),
    BLOCKS_UNSETTLED(
            "chordata.blocks.unsettled", "", "Tries to end a move that wait for a block no answering voter can read"),
    STORE_FAILURES("chordata.store.failures", "", "Failed writes or syncs; the node stops acknowledging at the first"),
    DISK_CAPACITY("chordata.disk.capacity", "bytes", "Size of the file system that holds the blocks"),
    DISK_FREE("chordata.disk.free", "bytes", "Free on the file system that holds the blocks"),
    PARTITIONS("chordata.partitions", "", "Partitions that this node serves"),
    PARTITIONS_KEPT("chordata.partitions.kept", "", "Partitions of which this node keeps a replica"),
    PARTITIONS_TERM("chordata.partitions.term", "", "Highest term of any of them"),
    PARTITIONS_UNDER_REPLICATED(
            "chordata.partitions.under.replicated",
            "",
            "Partitions led here with fewer voters on nodes that are up than they should have"),
    PARTITIONS_NO_LEADER(
            "chordata.partitions.no.leader",
            "",
            "Partitions kept here whose leader is not known; for more than seconds: no majority can be reached"),
    PARTITIONS_STEPS(
            "chordata.partitions.steps", "", "What happened in the groups: elections, appends, changes; by step"),
    PARTITIONS_MOVES(
            "chordata.partitions.moves",
            "",
            "Moves led by this node, or to it, and those that wait for room or that a newcomer refuses; by state"),
    PARTITIONS_COMMITTED("chordata.partitions.committed", "", "Log entries committed since the founding"),
    PARTITIONS_APPLIED(
            "chordata.partitions.applied",
            "",
            "Log entries applied since the founding; below the committed ones, what lags"),
    PARTITIONS_ROUTED(
            "chordata.partitions.routed",
            "",
            "Commands and queries begun at this node that ended, by whether another node's replica was asked"),
    PARTITIONS_QUEUED("chordata.partitions.queued", "", "Commands taken and not yet answered"),
    PARTITIONS_LOG("chordata.partitions.log", "bytes", "Bytes of log entries that are kept"),
    PARTITIONS_MOVED(
            "chordata.partitions.moved",
            "bytes",
            "Bytes of copies that this node got from others, as a new member or for repair, by content: blocks or records"),
    RING_LOOKUPS("chordata.ring.lookups", "", "Lookups ended that this node was asked for, by result"),
    RING_HOPS(
            "chordata.ring.lookups.hops",
            "",
            "Other nodes that found lookups led over; by the found lookups, their mean"),
    RING_LOOKUPS_OPEN("chordata.ring.lookups.open", "", "Lookups under way, those that repair the ring included"),
    RING_STEPS("chordata.ring.steps", "", "What happened on the ring: joins, stabilisation, repairs, hops; by step"),
    RING_POSITIONS("chordata.ring.positions", "", "Positions of this node that are on the ring"),
    RING_MESSAGES_REFUSED(
            "chordata.ring.messages.refused",
            "",
            "Messages of ring and directory, unreadable, too large, or while too many waited; by reason"),
    RING_VIEW_VERSION("chordata.ring.view.version", "", "How often the view of all nodes has changed since start"),
    RING_VIEW_AGE("chordata.ring.view.age", "seconds", "Since the view of all nodes last changed"),
    DIRECTORY_NODES("chordata.directory.nodes", "", "Nodes that the directory knows, by state"),
    DIRECTORY_STEPS(
            "chordata.directory.steps", "", "What happened in the directory: probes, suspicions, exchanges; by step"),
    RPC_OPENED("chordata.rpc.connections.opened", "", "Connections on which both nodes proved themselves, by side"),
    RPC_ENDED("chordata.rpc.connections.ended", "", "Connections that ended or could not be made, by side and reason"),
    RPC_CALLS("chordata.rpc.calls", "seconds", "From a call to another node to its answer, by service"),
    RPC_FAILED("chordata.rpc.calls.failed", "", "Calls that were refused or got no answer, by service"),
    RPC_DROPPED("chordata.rpc.messages.dropped", "", "Messages dropped before they were sent, by service"),
    RPC_STRAY("chordata.rpc.frames.stray", "", "Frames that nobody waited for"),
    CERTIFICATE_EXPIRES(
            "chordata.certificate.expires",
            "seconds",
            "Until the certificate in use expires, below zero once it has; by port: s3, admin or internal"),
    CERTIFICATE_CHANGES(
            "chordata.certificate.changes",
            "",
            "Changes of certificate files that were seen, by port and result: taken, or refused as unusable"),
    LOOP_LAG("chordata.loop.lag", "seconds", "How late the event loops come to their timers"),
    READY("chordata.ready", "", "1 while /health/ready answers 200");

    private final String meterName;
    private final String unit;
    private final String help;

    Metric(String meterName, String unit, String help) {
        this.meterName = meterName;
        this.unit = unit;
        this.help = help;
    }

    /** As Micrometer knows it. */
    public String meterName() {
        return meterName;
    }

    /** Empty for a plain count. */
    public String unit() {
        return unit;
    }

    public String help() {
        return help;
    }
}
