package io.chordata.node.storage;

/** The identity of a data directory is damaged or cannot be read. */
public final class IdentityUnreadableException extends DirectoryRefusedException {
    private static final long serialVersionUID = 1;

    IdentityUnreadableException(String message) {
        super(message);
    }
}
