package io.chordata.node.s3.xml;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code Delete}: up to 1,000 objects to delete. */
public final class DeleteDocument implements DocumentShape<DeleteDocument.Deletion> {
    static final int MAX_OBJECTS = 1000;

    private final List<Item> items = new ArrayList<>();
    private @Nullable Boolean quiet;
    private @Nullable String key;
    private @Nullable String versionId;
    private @Nullable String eTag;
    private boolean otherCondition;

    /** @param quiet only failures are to be answered */
    public record Deletion(boolean quiet, List<Item> items) {}

    /**
     * @param eTag without quotes; the object must have it
     * @param otherCondition true if it has a condition on time or size
     */
    public record Item(
            String key,
            @Nullable String versionId,
            @Nullable String eTag,
            boolean otherCondition) {}

    @Override
    public String root() {
        return "Delete";
    }

    @Override
    public int maxBytes() {
        return 8 << 20;
    }

    @Override
    public void element(String path, String text) {
        switch (path) {
            case "Quiet" -> quiet = XmlValues.once(path, quiet, XmlValues.bool(path, text));
            case "Object" -> endObject(text);
            case "Object/Key" -> key = XmlValues.once(path, key, text);
            case "Object/VersionId" -> versionId = XmlValues.once(path, versionId, text);
            case "Object/ETag" -> eTag = XmlValues.once(path, eTag, XmlValues.eTag(text));
            case "Object/LastModifiedTime", "Object/Size" -> otherCondition = true;
            default -> throw DocumentShape.unexpected(path);
        }
    }

    private void endObject(String text) {
        XmlValues.requireBlank("Object", text);
        if (key == null) {
            throw new XmlException("an Object needs a Key");
        }
        if (items.size() == MAX_OBJECTS) {
            throw new XmlException("more than " + MAX_OBJECTS + " objects");
        }
        items.add(new Item(key, versionId, eTag, otherCondition));
        key = null;
        versionId = null;
        eTag = null;
        otherCondition = false;
    }

    @Override
    public Deletion build() {
        if (items.isEmpty()) {
            throw new XmlException("at least one Object is needed");
        }
        return new Deletion(Boolean.TRUE.equals(quiet), items);
    }
}
