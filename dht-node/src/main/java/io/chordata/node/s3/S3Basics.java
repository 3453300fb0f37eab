package io.chordata.node.s3;

import io.chordata.node.core.Clock;
import io.chordata.node.core.Correlation;
import io.chordata.node.core.RandomSource;

/**
 * What the S3 edge needs to answer anything at all.
 *
 * @param routing whose version goes into every answer
 * @param hostId goes into every answer as {@code x-amz-id-2}: which node it was
 */
public record S3Basics(
        S3Observer observer,
        S3Tracing tracing,
        Correlation correlation,
        Clock clock,
        RandomSource random,
        Routing routing,
        String hostId) {}
