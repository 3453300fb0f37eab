package io.chordata.client.bench;

/** Why a request did not count, or why the bench cannot run: shown as it is, so without a stack trace. */
final class BenchException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BenchException(String message) {
        super(message, null, false, false);
    }
}
