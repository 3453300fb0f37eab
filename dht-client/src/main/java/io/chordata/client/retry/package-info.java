/**
 * When a request is sent again: whether that is safe, whether the budget allows it, after how long. No clock, dice or
 * socket; imports nothing of ours.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html">AWS SDKs and Tools Reference
 *     Guide, Retry behavior</a>
 */
@NullMarked
package io.chordata.client.retry;

import org.jspecify.annotations.NullMarked;
