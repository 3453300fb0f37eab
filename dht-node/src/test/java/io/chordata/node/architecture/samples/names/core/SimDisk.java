package io.chordata.node.architecture.samples.names.core;

/** Breaks: a simulated twin among the real ones. */
public record SimDisk(String name) {}
