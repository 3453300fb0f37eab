package io.chordata.node.ring.directory;

/** What the others hold of a node, by rising precedence. */
enum Verdict {
    /** As it says itself. */
    LIVE,
    /** A probe failed, and the node has not objected yet. */
    SUSPECT,
    /** It did not object in time. */
    DOWN,
    /** An operator removed it; its id is refused for ever. */
    DECOMMISSIONED
}
