/**
 * Buckets, objects, multipart uploads and listings: the rules as state-machine commands, and the coordinators that run
 * one S3 operation each ({@code Buckets}, {@code Objects}, {@code Uploads}, {@code Listings}). Stands on
 * {@code partition} and {@code block}; {@code s3} stands on it.
 */
@NullMarked
package io.chordata.node.object;

import org.jspecify.annotations.NullMarked;
