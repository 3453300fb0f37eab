package io.chordata.node.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been started, to be stopped in the opposite order. A step that fails does not keep the others from running. */
final class StopStack {
    private static final Logger LOG = LoggerFactory.getLogger(StopStack.class);

    private final Deque<Step> steps = new ArrayDeque<>();

    private record Step(String name, Action action) {}

    /** Stops one part; may block. */
    interface Action {
        void run() throws Exception;
    }

    void push(String name, Action action) {
        steps.push(new Step(name, action));
    }

    /** Runs each step once; a second call finds nothing to do. */
    void runAll() {
        while (!steps.isEmpty()) {
            Step step = steps.pop();
            try {
                step.action.run();
                LOG.debug("event=stopped part={}", step.name);
            } catch (Exception e) {
                LOG.warn("event=stop_failed part={}", step.name, e);
            }
        }
    }
}
