package io.chordata.node.s3;

import io.chordata.node.object.Buckets;
import io.chordata.node.object.EventualReads;
import io.chordata.node.object.Listings;
import io.chordata.node.object.Objects;
import io.chordata.node.object.Uploads;
import io.chordata.node.s3.auth.Authenticator;
import java.util.function.Supplier;

/**
 * What the S3 operations stand on.
 *
 * @param eventual for each request that any replica may answer
 */
public record S3Services(
        Buckets buckets,
        Objects objects,
        Uploads uploads,
        Listings listings,
        Supplier<EventualReads> eventual,
        Authenticator authenticator) {}
