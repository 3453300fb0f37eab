/** The documents of S3: those that come as answers, those that go as bodies. Imports only {@code model} and {@code checksum}. */
@NullMarked
package io.chordata.client.xml;

import org.jspecify.annotations.NullMarked;
