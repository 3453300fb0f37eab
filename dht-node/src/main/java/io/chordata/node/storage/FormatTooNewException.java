package io.chordata.node.storage;

/** The data directory was written by a newer release than this one. */
public final class FormatTooNewException extends DirectoryRefusedException {
    private static final long serialVersionUID = 1;

    FormatTooNewException(String message) {
        super(message);
    }
}
