package io.chordata.node.architecture.samples.cycle.block;

import io.chordata.node.architecture.samples.cycle.partition.Entry;

/** Half of a cycle. */
public record Body(Entry entry) {}
