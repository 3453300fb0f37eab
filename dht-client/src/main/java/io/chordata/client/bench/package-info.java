/**
 * {@code bench}: drives one S3 endpoint, or two side by side, and prints throughput and latencies. Stands on
 * {@code sigv4}; knows nothing of the node, so that any S3 store can be measured by the same means.
 */
@NullMarked
package io.chordata.client.bench;

import org.jspecify.annotations.NullMarked;
