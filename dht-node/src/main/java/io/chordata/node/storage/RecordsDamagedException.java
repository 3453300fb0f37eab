package io.chordata.node.storage;

/** The records have lost or damaged what was synced. To go on without it would be to forget what was acknowledged. */
public final class RecordsDamagedException extends DirectoryRefusedException {
    private static final long serialVersionUID = 1;

    RecordsDamagedException(String message) {
        super(message);
    }
}
