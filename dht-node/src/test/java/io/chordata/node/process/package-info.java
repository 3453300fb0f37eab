/**
 * Real processes for the tests that need them: the packaged jar on free ports, the clients installed on this machine, and
 * what both print. Nothing here knows the server's insides.
 */
@NullMarked
package io.chordata.node.process;

import org.jspecify.annotations.NullMarked;
