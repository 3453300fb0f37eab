/**
 * The Java client of any S3 endpoint, which knows the ring of a Chordata cluster. No dependency on the node.
 *
 * <p>{@link io.chordata.client.ChordataClient} has one method for each operation of S3, called as S3 calls it; each answers
 * with a Vert.x future and fails with {@link io.chordata.client.model.ChordataException} alone. Requests and answers are
 * immutable values ({@code model}). Bodies are streams with back-pressure both ways: a
 * {@link io.chordata.client.model.Content} is read as fast as the connection takes it, an
 * {@link io.chordata.client.ObjectStream} is sent as fast as it is read. An {@link io.chordata.client.Upload} goes in parts,
 * several at a time, within a fixed memory, and can be gone on with. A {@link io.chordata.client.model.Cancellation} ends
 * whatever was called under it.
 *
 * <p>Below, from top to bottom: {@code http} sends requests and repeats them; {@code xml}, {@code model},
 * {@code multipart}, {@code retry}, {@code routing}, {@code checksum} and {@code sigv4} have no socket, clock or dice.
 */
@NullMarked
package io.chordata.client;

import org.jspecify.annotations.NullMarked;
