package io.chordata.node.storage;

/** Waiting for the store's own threads. */
final class Threads {
    private Threads() {}

    /** Waits for the end of the thread, whatever interrupts arrive meanwhile. */
    static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
