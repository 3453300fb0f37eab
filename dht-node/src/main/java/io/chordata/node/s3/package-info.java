/**
 * The S3 edge: route a request to an operation, authenticate it, authorise it, handle it; one class per operation, one
 * table of errors. Stands on {@code object}, {@code block} and {@code http}.
 */
@NullMarked
package io.chordata.node.s3;

import org.jspecify.annotations.NullMarked;
