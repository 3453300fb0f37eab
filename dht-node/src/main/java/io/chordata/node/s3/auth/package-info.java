/**
 * Signature V4 as the server sees it: header, presigned query, signed chunks, trailers.
 */
@NullMarked
package io.chordata.node.s3.auth;

import org.jspecify.annotations.NullMarked;
