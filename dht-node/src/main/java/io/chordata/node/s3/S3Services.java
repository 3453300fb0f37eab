package io.chordata.node.s3;

import io.chordata.node.core.Clock;
import io.chordata.node.core.RandomSource;
import io.chordata.node.object.Buckets;
import io.chordata.node.object.Listings;
import io.chordata.node.object.Objects;
import io.chordata.node.object.Uploads;
import io.chordata.node.s3.auth.Authenticator;

/**
 * What the S3 edge stands on.
 *
 * @param hostId goes into every answer as {@code x-amz-id-2}: which node it was
 */
public record S3Services(
        Buckets buckets,
        Objects objects,
        Uploads uploads,
        Listings listings,
        Authenticator authenticator,
        S3Observer observer,
        Clock clock,
        RandomSource random,
        String hostId) {}
