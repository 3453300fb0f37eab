package io.chordata.node.partition.raft;

/** What an entry of the log is for. */
public enum EntryKind {
    /** A command of the state machine that may be repeated: to apply it twice does no harm. */
    COMMAND,
    /** A command of the state machine in an envelope, by which it happens once however often it is appended. */
    REQUEST,
    /** Nothing: it begins a term, or raises the level. */
    EMPTY,
    /** Its data is a {@link Configuration}. */
    CONFIGURATION
}
