/**
 * What goes into a call of the client and what comes out of it: immutable values, {@link io.chordata.client.model.Content}
 * for bodies on their way out, and the one exception. Imports nothing of ours but {@code checksum}.
 */
@NullMarked
package io.chordata.client.model;

import org.jspecify.annotations.NullMarked;
