package io.chordata.node.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/**
 * Brings SIGTERM and Ctrl-C to the thread that runs the command, and its exit code to the system. The Java VM answers a
 * signal by running its shutdown hooks and would then report the signal rather than the command's own exit code; so the hook
 * asks the command to stop, waits for it, and ends the process itself with that code. A command that never said that it can
 * be asked is ended at once, as the system does it.
 */
final class Lifecycle {
    private final CompletableFuture<ExitCode> stopAsked = new CompletableFuture<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean stoppable;
    private volatile int exitCode;

    /** Watches for signals. */
    void attachToProcess() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopProcess, "shutdown"));
    }

    /** The command will ask; from now on a signal waits for its orderly end. */
    void becomeStoppable() {
        stoppable = true;
    }

    private void stopProcess() {
        if (!stoppable) {
            return;
        }
        askToStop();
        awaitUninterrupted(ended);
        Runtime.getRuntime().halt(exitCode);
    }

    void askToStop() {
        endAs(ExitCode.OK);
    }

    /** The command is to end, and with this code unless it was asked to stop before. */
    void endAs(ExitCode code) {
        stopAsked.complete(code);
    }

    /** Returns when somebody asked to stop, with how the command is to end. */
    ExitCode awaitStopAsked() {
        return stopAsked.join();
    }

    /** Runs {@code task} when somebody asks to stop, or at once if somebody has. */
    void onStopAsked(Runnable task) {
        stopAsked.thenRun(task);
    }

    boolean isStopAsked() {
        return stopAsked.isDone();
    }

    /** The command has come to its end and holds nothing any more. */
    void ended(int code) {
        exitCode = code;
        ended.countDown();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
