package io.chordata.node.ring.directory;

/** What the directory counts. */
public enum Counter {
    PROBES,
    PROBES_FAILED,
    /** Asked of others, after a probe got no answer at once. */
    INDIRECT_PROBES,
    /** Probes that only another node's ping saved. */
    INDIRECT_RESCUES,
    SUSPICIONS,
    CONFIRMATIONS,
    /** Objections of this node to what others held of it. */
    OBJECTIONS,
    DECLARED_DOWN,
    /** What others hold to be down, and this node only suspects. */
    SOFTENED,
    EXCHANGES,
    RECONNECTS,
    REFUSALS,
    /** Newer words of a node by hearsay, about which it was asked itself. */
    HEARSAY_ASKED,
    /** Words of one node alone against this one, while others answered it. */
    DOUBTED,
    /** How often the process stood still. */
    HELD_UP,
    /** Answers to no open question. */
    DROPPED_LATE,
    /** Messages that cannot be read, or make no sense. */
    DROPPED_NONSENSE,
    /** From nodes that are not known and did not say who they are. */
    DROPPED_UNKNOWN
}
