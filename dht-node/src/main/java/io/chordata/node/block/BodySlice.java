package io.chordata.node.block;

/** {@code length} bytes of a body from {@code offset} on. */
public record BodySlice(BodyRef body, long offset, long length) {}
