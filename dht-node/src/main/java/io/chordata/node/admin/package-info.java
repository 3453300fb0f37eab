/**
 * The admin port: health, metrics, status as JSON, and the console's files. Reads views of the other packages;
 * {@code http} guards its connections.
 */
@NullMarked
package io.chordata.node.admin;

import org.jspecify.annotations.NullMarked;
