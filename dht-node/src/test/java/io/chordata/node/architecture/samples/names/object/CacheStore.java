package io.chordata.node.architecture.samples.names.object;

/** Breaks: what is called a store is durable, and lives where disks do. */
public record CacheStore(String name) {}
