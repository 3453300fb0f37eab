package io.chordata.node.partition;

/** What another node sent is nothing that this release could have sent. */
final class MalformedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedException(String what) {
        super(what, null, false, false);
    }
}
