package io.chordata.node.ring;

/** Whence a lookup knew the position that it asked. */
public enum HopSource {
    /** A position of the own node, which nobody needs to be asked about. */
    SELF,
    FINGER,
    /** A successor list, or the predecessor beside it. */
    SUCCESSOR,
    CACHE,
    DIRECTORY,
    /** A node that was given as the one to begin with. */
    ENTRY
}
