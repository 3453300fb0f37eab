package io.chordata.node.architecture.samples.upward.object;

/** What a word must not know. */
public record Rule(String text) {}
