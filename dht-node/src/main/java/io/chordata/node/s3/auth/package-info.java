/**
 * Signature V4 as the server sees it: header, presigned query, signed chunks, trailers; and bodies freed from their
 * encoding and held to what their headers promise. Computes with {@code io.chordata.client.sigv4}; stands on
 * {@code block} (payloads) and {@code core}; {@code s3} stands on it and gives each refusal its S3 code.
 */
@NullMarked
package io.chordata.node.s3.auth;

import org.jspecify.annotations.NullMarked;
