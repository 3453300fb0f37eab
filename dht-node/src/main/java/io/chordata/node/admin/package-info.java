/**
 * The admin port: health, metrics, status as JSON, and the console's files. Reads views of the other packages.
 */
@NullMarked
package io.chordata.node.admin;

import org.jspecify.annotations.NullMarked;
