package io.chordata.node.access;

/** Whether there is such a key, or which its secret is, cannot be found out now. Says nothing about the key. */
public final class KeysUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public KeysUnavailableException(String message) {
        super(message, null, false, false);
    }
}
