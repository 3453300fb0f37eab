package io.chordata.node.storage;

/** Another process runs on the data directory. */
public final class DirectoryInUseException extends DirectoryRefusedException {
    private static final long serialVersionUID = 1;

    DirectoryInUseException(String message) {
        super(message);
    }
}
