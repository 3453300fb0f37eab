package io.chordata.node.storage;

import io.chordata.node.core.Clock;
import io.chordata.node.core.Loops;
import io.chordata.node.core.RandomSource;
import io.chordata.node.core.RecordStore;
import io.chordata.node.core.SpaceGuard;
import io.chordata.node.core.Timers;
import java.util.concurrent.Executor;

/**
 * Everything outside of itself that the block store uses.
 *
 * @param files of its directory, which no other store uses
 * @param records its family BLOCKS is the store's index
 * @param appender may block; one task is given to it at a time
 * @param readers may block; as many tasks run at a time as reads shall
 */
public record BlockStorePorts(
        Files files,
        RecordStore records,
        Loops loops,
        Timers timers,
        Clock clock,
        RandomSource random,
        SpaceGuard space,
        Executor appender,
        Executor readers) {}
