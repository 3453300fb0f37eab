package io.chordata.node.object;

/**
 * An access key as it is kept. Two of the same bytes are not equal: nobody compares them.
 *
 * @param sealedSecret only who has the cluster secret can read it
 * @param note for people
 * @param createdMillis log time, 0 before it is kept
 */
public record KeyRecord(String accessKey, byte[] sealedSecret, String note, long createdMillis) {
    @Override
    public String toString() {
        return "KeyRecord[" + accessKey + "]";
    }
}
