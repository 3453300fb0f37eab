/**
 * The S3 clients that people use, each against the packaged program: every installed generation of the command-line
 * clients, by absolute path, and the Java ones from the class path.
 */
@NullMarked
package io.chordata.node.clients;

import org.jspecify.annotations.NullMarked;
