package io.chordata.node.admin;

/** Paths at the admin port that other programs are configured with. */
public final class AdminPaths {
    /** The event loops tick. */
    public static final String LIVE = "/health/live";
    /** Requests to this node can succeed. */
    public static final String READY = "/health/ready";
    /** It has been ready once. */
    public static final String STARTUP = "/health/startup";
    /** Every partition can be written. */
    public static final String CLUSTER = "/health/cluster";
    /** Stopping this node takes no partition's majority away; 412 if it does. */
    public static final String STOPPABLE = "/health/stoppable";

    public static final String METRICS = "/metrics";

    static final String HEALTH_PREFIX = "/health/";
    static final String STATUS_PREFIX = "/v1/";

    private AdminPaths() {}
}
