package io.chordata.client.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A bucket as listings show it. */
public record BucketSummary(String name, @Nullable Instant created) {}
