package io.chordata.node.core;

/** The block is not here. */
public final class BlockMissingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BlockMissingException(String message) {
        super(message, null, false, false);
    }
}
