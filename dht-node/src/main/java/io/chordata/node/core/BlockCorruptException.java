package io.chordata.node.core;

/** The block's bytes do not match its checksum; the copy was set aside. */
public final class BlockCorruptException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BlockCorruptException(String message) {
        super(message, null, false, false);
    }
}
