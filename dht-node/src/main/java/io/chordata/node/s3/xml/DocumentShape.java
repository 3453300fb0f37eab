package io.chordata.node.s3.xml;

/** Builds a value from the elements of one kind of document. One for each document. */
public interface DocumentShape<T> {
    /** The only name that the root may have. */
    String root();

    /** How many bytes the document may have. */
    int maxBytes();

    /**
     * An element ends; those within it have ended before.
     *
     * @param path the names from the root on, without the root, such as {@code Part/ETag}
     * @param text its own characters, exactly as given; at most {@link DocumentParser#MAX_TEXT}
     * @throws XmlException if it does not belong there
     */
    void element(String path, String text);

    /**
     * The document was well-formed and has ended.
     *
     * @throws XmlException if something is missing
     */
    T build();

    /** What a shape throws for an element that it does not know: ignoring one could mean ignoring a condition. */
    static XmlException unexpected(String path) {
        return new XmlException("unexpected element " + path);
    }
}
