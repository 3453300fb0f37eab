package io.chordata.node.s3.xml;

/** The document is not the one that was asked for. Carries no stack trace; the message is for the client. */
public final class XmlException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public XmlException(String message) {
        super(message, null, false, false);
    }
}
