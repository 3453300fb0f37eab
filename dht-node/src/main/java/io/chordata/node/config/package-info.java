/**
 * Loads options (defaults, file, environment, flags), validates them and prints them. The options records live in the
 * packages that they configure.
 */
@NullMarked
package io.chordata.node.config;

import org.jspecify.annotations.NullMarked;
