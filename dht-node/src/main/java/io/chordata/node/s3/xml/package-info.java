/**
 * The XML shapes of S3: one streaming parser for requests, one writer for answers.
 */
@NullMarked
package io.chordata.node.s3.xml;

import org.jspecify.annotations.NullMarked;
