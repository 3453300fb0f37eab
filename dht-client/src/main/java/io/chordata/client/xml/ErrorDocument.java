package io.chordata.client.xml;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** The Error that comes with a refusal. Texts are empty where it has none. */
public record ErrorDocument(String code, String message, String resource, String requestId) {
    /** Empty if it is no such document, as from a proxy on the way. */
    public static Optional<ErrorDocument> parse(Buffer document) {
        try {
            XmlNode root = XmlNode.parse(document);
            return root.name().equals("Error") && !root.text("Code").isEmpty()
                    ? Optional.of(new ErrorDocument(
                            root.text("Code"), root.text("Message"), root.text("Resource"), root.text("RequestId")))
                    : Optional.empty();
        } catch (XmlException e) {
            return Optional.empty();
        }
    }
}
