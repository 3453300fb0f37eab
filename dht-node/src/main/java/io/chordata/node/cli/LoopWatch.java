package io.chordata.node.cli;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees event loops end that nobody stopped: an Error went through them, mostly for want of memory. What such a loop owned
 * answers nobody any more, and its clients would wait for ever while the other loops go on. So the process has to end.
 */
final class LoopWatch {
    private static final Logger LOG = LoggerFactory.getLogger(LoopWatch.class);

    private final Runnable endProcess;
    private volatile boolean stopping;

    /** @param endProcess called at least once if a loop ends, on any thread; must not need memory that may be gone */
    LoopWatch(Runnable endProcess) {
        this.endProcess = endProcess;
    }

    void watch(EventExecutorGroup loops) {
        for (EventExecutor loop : loops) {
            loop.terminationFuture().addListener(ended -> onEnded());
        }
    }

    /** From now on loops end because they are told to. */
    void stop() {
        stopping = true;
    }

    private void onEnded() {
        if (stopping) {
            return;
        }
        try {
            LOG.error("event=loop-ended reason=\"an error ended an event loop, see above; the process ends\"");
        } finally {
            endProcess.run();
        }
    }
}
