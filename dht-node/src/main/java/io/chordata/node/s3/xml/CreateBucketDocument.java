package io.chordata.node.s3.xml;

import org.jspecify.annotations.Nullable;

/** {@code CreateBucketConfiguration}. */
public final class CreateBucketDocument implements DocumentShape<CreateBucketDocument.Configuration> {
    private @Nullable String location;
    private boolean otherSettings;

    /**
     * @param location the region asked for, or null
     * @param otherSettings true if it asks for tags, or for another kind of bucket
     */
    public record Configuration(@Nullable String location, boolean otherSettings) {}

    @Override
    public String root() {
        return "CreateBucketConfiguration";
    }

    @Override
    public int maxBytes() {
        return 1 << 20;
    }

    @Override
    public void element(String path, String text) {
        String first = path.contains("/") ? path.substring(0, path.indexOf('/')) : path;
        switch (first) {
            case "LocationConstraint" -> location = XmlValues.once(path, location, text.strip());
            case "Location", "Bucket", "Tags" -> otherSettings = true;
            default -> throw DocumentShape.unexpected(path);
        }
    }

    @Override
    public Configuration build() {
        return new Configuration(location, otherSettings);
    }
}
