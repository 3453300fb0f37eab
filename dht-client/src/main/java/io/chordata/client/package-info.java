/** The Java client: what signs requests and drives any S3 endpoint. No dependency on the node. */
@NullMarked
package io.chordata.client;

import org.jspecify.annotations.NullMarked;
