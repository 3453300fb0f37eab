package io.chordata.node.storage;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of a real block store. They are never interrupted: that would close files under others. */
public final class BlockStoreThreads implements AutoCloseable {
    private final ExecutorService appender = Executors.newSingleThreadExecutor(named("chordata-blocks-append"));
    private final ExecutorService readers;

    public BlockStoreThreads(BlockStoreOptions options) {
        readers = Executors.newFixedThreadPool(options.readerThreads(), named("chordata-blocks-read"));
    }

    public Executor appender() {
        return appender;
    }

    public Executor readers() {
        return readers;
    }

    /** Call it after the store is closed. What was begun ends; nothing waits for it. */
    @Override
    public void close() {
        appender.shutdown();
        readers.shutdown();
    }

    private static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        };
    }
}
