/**
 * Disks: RocksDB for records and logs, segment files for blocks, the identity and the lock of a data directory, the
 * free-space guard. Stands on {@code core}.
 */
@NullMarked
package io.chordata.node.storage;

import org.jspecify.annotations.NullMarked;
