package io.chordata.node.architecture.samples.upward.config;

import io.chordata.node.architecture.samples.upward.object.Rule;

/** Breaks: config knows options records only. */
public record Loader(Rule rule) {}
