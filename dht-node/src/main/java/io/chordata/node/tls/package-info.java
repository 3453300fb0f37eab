/**
 * Certificates: read from PEM files, checked before anything uses them, watched for newer ones, and made by the program for
 * clusters that have no authority of their own. Knows nothing of what is served; {@code s3}, {@code admin} and {@code rpc}
 * stand on it.
 */
@NullMarked
package io.chordata.node.tls;

import org.jspecify.annotations.NullMarked;
