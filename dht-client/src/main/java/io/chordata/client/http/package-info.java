/**
 * Sends requests: signs, chooses the endpoint, watches the time, repeats. Users of the library need nothing of it. Below
 * it are the pure parts ({@code retry}, {@code routing}, {@code sigv4}), above it the operations.
 */
@NullMarked
package io.chordata.client.http;

import org.jspecify.annotations.NullMarked;
