package io.chordata.node.storage;

/** A record's bytes are not those that were written. Carries no stack trace. */
final class CorruptRecordException extends Exception {
    private static final long serialVersionUID = 1;

    private final String message;

    CorruptRecordException(String message) {
        super(message, null, false, false);
        this.message = message;
    }

    String message() {
        return message;
    }
}
