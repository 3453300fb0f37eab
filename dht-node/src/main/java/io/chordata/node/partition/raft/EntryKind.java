package io.chordata.node.partition.raft;

/** What an entry of the log is for. */
public enum EntryKind {
    /** A command of the state machine. */
    COMMAND,
    /** Nothing: it begins a term, or raises the level. */
    EMPTY,
    /** Its data is a {@link Configuration}. */
    CONFIGURATION
}
