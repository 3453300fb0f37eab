package io.chordata.node.object;

/** {@code length} bytes from {@code offset} on. */
public record ByteRange(long offset, long length) {}
