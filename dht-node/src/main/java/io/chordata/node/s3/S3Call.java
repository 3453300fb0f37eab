package io.chordata.node.s3;

import io.chordata.node.object.Invocation;
import io.chordata.node.s3.auth.Authentication;

/**
 * A request that was found to come from whom it says, on its way to a handler.
 *
 * @param invocation whence its commands get their ids
 */
record S3Call(S3Request request, Authentication authentication, Invocation invocation, RequestBody body) {}
