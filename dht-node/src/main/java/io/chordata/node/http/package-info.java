/**
 * How connections are kept from holding what they do not use, and what no reader may take for a head: the same for every port
 * that speaks HTTP, with TLS and without. Knows nothing of what is served; {@code s3} and {@code admin} stand on it.
 */
@NullMarked
package io.chordata.node.http;

import org.jspecify.annotations.NullMarked;
