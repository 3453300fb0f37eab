package io.chordata.node.architecture.samples.names.storage;

/** Breaks: options are records. */
public final class DiskOptions {
    private DiskOptions() {}
}
