package io.chordata.node.storage;

/**
 * A data directory cannot be used as it is. Nothing in it was changed; the message names it and says what to do. Carries
 * no stack trace: the reason lies in the directory, not in the program.
 */
public abstract class DirectoryRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DirectoryRefusedException(String message) {
        super(message, null, false, false);
    }
}
