/**
 * How a node with an empty disk comes to its cluster: joins the one that its seeds belong to, or founds one if it was told
 * to and all of them promise to let it. A machine without I/O ({@link io.chordata.node.founding.FoundingProcess}), its
 * messages and their encoding. Stands on {@code core}; {@code cli} gives it time, peers and a disk.
 */
@NullMarked
package io.chordata.node.founding;

import org.jspecify.annotations.NullMarked;
