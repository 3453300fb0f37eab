package io.chordata.node.ring.directory;

/** Bytes that are no message, or no image, of ours. Carries no stack trace: what others send is no error of this node. */
public final class MalformedException extends Exception {
    private static final long serialVersionUID = 1;

    MalformedException(String reason) {
        super(reason, null, false, false);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
