package io.chordata.node.tls;

/** Certificate files that cannot be used; the message names the file and says what is wrong with it. */
public final class TlsFilesException extends Exception {
    private static final long serialVersionUID = 1L;

    TlsFilesException(String message) {
        super(message);
    }
}
