/**
 * AWS Signature Version 4 as S3 uses it: canonical request, signing key, header and query signatures, the chain of chunk
 * signatures. Arithmetic only, for both ends of a request: clients sign with it, the node's {@code s3.auth} verifies
 * with it. Imports nothing of ours.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html">S3 API reference,
 *     Authenticating Requests</a>
 */
@NullMarked
package io.chordata.client.sigv4;

import org.jspecify.annotations.NullMarked;
