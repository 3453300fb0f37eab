package io.chordata.node.storage;

import java.io.IOException;

/** The file system has no room left, or the quota is used up. */
public final class DiskFullException extends IOException {
    private static final long serialVersionUID = 1;

    public DiskFullException(String message) {
        super(message);
    }

    DiskFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
