package io.chordata.node.s3;

import io.chordata.node.s3.auth.Authentication;

/** A request that was found to come from whom it says, on its way to a handler. */
record S3Call(S3Request request, Authentication authentication, RequestBody body) {}
