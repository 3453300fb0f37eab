package io.chordata.node.founding;

/** Bytes that are no message of ours. Carries no stack trace: what others send is no error of this node. */
public final class MalformedException extends Exception {
    private static final long serialVersionUID = 1;

    MalformedException(String reason) {
        super(reason, null, false, false);
    }
}
