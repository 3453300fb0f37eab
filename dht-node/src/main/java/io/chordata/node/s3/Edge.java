package io.chordata.node.s3;

import io.vertx.core.Vertx;

/**
 * What all exchanges share.
 *
 * @param gate where parsed requests go
 */
record Edge(Vertx vertx, S3Options options, S3Basics basics, OperationGate gate) {}
