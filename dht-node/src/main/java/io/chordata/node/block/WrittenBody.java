package io.chordata.node.block;

import org.jspecify.annotations.Nullable;

/**
 * A body that arrived whole and verified: either small enough to live in its record ({@code inline}) or synced in
 * blocks ({@code body}); exactly one of the two is there.
 */
public record WrittenBody(
        long size, byte @Nullable [] inline, @Nullable BodyRef body, Digests digests) {}
