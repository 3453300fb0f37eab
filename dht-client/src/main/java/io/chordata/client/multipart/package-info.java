/** How a body is cut into parts. Arithmetic only; imports nothing of ours. */
@NullMarked
package io.chordata.client.multipart;

import org.jspecify.annotations.NullMarked;
