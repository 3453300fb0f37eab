package io.chordata.node.s3.xml;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Writes an answer that any parser can read. What XML 1.0 cannot hold (control characters, U+FFFE, U+FFFF) becomes U+FFFD;
 * S3 writes a character reference, at which strict parsers refuse the whole document.
 */
public final class XmlWriter {
    public static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";
    private static final int USUAL_CHARS = 512;

    private final StringBuilder text = new StringBuilder(USUAL_CHARS);
    private final Deque<String> open = new ArrayDeque<>();
    private boolean exact = true;

    private XmlWriter(String root, String attributes) {
        text.append(DECLARATION);
        open(root, attributes);
    }

    /** A document in the namespace of S3. */
    public static XmlWriter of(String root) {
        return new XmlWriter(root, " xmlns=\"" + NAMESPACE + "\"");
    }

    /** The root Error is the one that S3 writes without its namespace. */
    public static XmlWriter ofError() {
        return new XmlWriter("Error", "");
    }

    public XmlWriter open(String name) {
        return open(name, "");
    }

    /** @param attributes written as they are, with a space before each */
    public XmlWriter open(String name, String attributes) {
        text.append('<').append(name).append(attributes).append('>');
        open.push(name);
        return this;
    }

    public XmlWriter close() {
        text.append("</").append(open.pop()).append('>');
        return this;
    }

    public XmlWriter element(String name, String value) {
        text.append('<').append(name).append('>');
        escape(value);
        text.append("</").append(name).append('>');
        return this;
    }

    public XmlWriter element(String name, long value) {
        return element(name, Long.toString(value));
    }

    public XmlWriter element(String name, boolean value) {
        return element(name, Boolean.toString(value));
    }

    /** Nothing if there is no value. */
    public XmlWriter optional(String name, @Nullable String value) {
        return value == null ? this : element(name, value);
    }

    /** The text of the element that is open. */
    public XmlWriter text(String value) {
        escape(value);
        return this;
    }

    /** False if a character had to be replaced. */
    public boolean isExact() {
        return exact;
    }

    /** Closes all that is open. */
    public Buffer finish() {
        while (!open.isEmpty()) {
            close();
        }
        return Buffer.buffer(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void escape(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '&' -> text.append("&amp;");
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '"' -> text.append("&quot;");
                default -> appendPlain(c);
            }
        }
    }

    /** A bare carriage return would be read back as a line feed; tabs and line feeds as they are. */
    private void appendPlain(char c) {
        if (c == '\r' || c == 0x7f) {
            text.append("&#x").append(Integer.toHexString(c)).append(';');
        } else if ((c < 0x20 && c != '\t' && c != '\n') || c == 0xfffe || c == 0xffff) {
            exact = false;
            text.append('\ufffd');
        } else {
            text.append(c);
        }
    }
}
