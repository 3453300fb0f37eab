package io.chordata.node.architecture.samples.upward.core;

import io.chordata.node.architecture.samples.upward.object.Rule;

/** Breaks: core imports nothing of ours. */
public record Word(Rule rule) {}
