package io.chordata.node.architecture.samples.names.block;

/** Breaks: a handler is an S3 operation. */
public record BodyHandler(String name) {}
