package io.chordata.client.http;

/** An answer that is none of S3's. */
final class MalformedException extends Exception {
    private static final long serialVersionUID = 1;

    MalformedException(Throwable cause) {
        super(String.valueOf(cause.getMessage()), cause, false, false);
    }
}
