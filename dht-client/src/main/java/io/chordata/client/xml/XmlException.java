package io.chordata.client.xml;

/** An answer that is no document of S3, or another one than was asked for. */
public final class XmlException extends Exception {
    private static final long serialVersionUID = 1;

    public XmlException(String message) {
        super(message);
    }
}
