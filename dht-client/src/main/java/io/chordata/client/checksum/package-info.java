/** Checksums of bodies as S3 names them. Arithmetic only, for one thread at a time. Imports nothing of ours. */
@NullMarked
package io.chordata.client.checksum;

import org.jspecify.annotations.NullMarked;
