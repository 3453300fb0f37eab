package io.chordata.node.storage;

/** The path is no data directory and cannot become one: it is a file, or holds what is not ours. */
public final class DirectoryForeignException extends DirectoryRefusedException {
    private static final long serialVersionUID = 1;

    DirectoryForeignException(String message) {
        super(message);
    }
}
