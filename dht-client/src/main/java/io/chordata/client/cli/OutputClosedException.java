package io.chordata.client.cli;

/** Nobody reads what is printed, so there is no reason to go on. */
final class OutputClosedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    OutputClosedException() {
        super("the output is closed", null, false, false);
    }
}
