package io.chordata.node.s3.xml;

import com.fasterxml.aalto.AsyncByteArrayFeeder;
import com.fasterxml.aalto.AsyncXMLStreamReader;
import com.fasterxml.aalto.UncheckedStreamException;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import io.vertx.core.buffer.Buffer;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request document while its bytes arrive, and refuses it at the first byte that is wrong: no document type, no
 * entities but the five of XML, no depth, text or markup beyond what the documents of S3 need. What it holds is bounded
 * by {@link #MAX_MARKUP} and by what the shape keeps.
 *
 * <p>Each document has a parser factory of its own: a shared one would remember the names in hostile documents for ever.
 */
public final class DocumentParser<T> {
    /** Longest text of one element, in chars; a key of 1,024 bytes and any ETag fit many times over. */
    public static final int MAX_TEXT = 8 << 10;

    static final int MAX_DEPTH = 8;

    /** Longest run of bytes that may pass without a token coming to its end: bounds names, attributes and comments. */
    static final int MAX_MARKUP = 32 << 10;

    private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";
    private static final int SLICE_BYTES = 4 << 10;

    private final DocumentShape<T> shape;
    private final AsyncXMLStreamReader<AsyncByteArrayFeeder> reader;
    private final ElementPath path = new ElementPath();
    private int bytes;
    private int bytesSinceToken;
    private boolean ended;

    public DocumentParser(DocumentShape<T> shape) {
        this.shape = shape;
        InputFactoryImpl factory = new InputFactoryImpl();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        this.reader = factory.createAsyncForByteArray();
    }

    /** @throws XmlException as soon as the bytes so far cannot become the document */
    public void feed(Buffer buffer) {
        byte[] array = buffer.getBytes();
        count(array.length);
        for (int at = 0; at < array.length; at += SLICE_BYTES) {
            feed(array, at, Math.min(SLICE_BYTES, array.length - at));
        }
    }

    /** @throws XmlException if the document is not at its end, or not complete */
    public T finish() {
        reader.getInputFeeder().endOfInput();
        readTokens();
        if (!ended) {
            throw new XmlException("the document ends too early");
        }
        return shape.build();
    }

    private void count(int added) {
        bytes += added;
        if (bytes > shape.maxBytes()) {
            throw new XmlException("the document has more than " + shape.maxBytes() + " bytes");
        }
    }

    private void feed(byte[] array, int offset, int length) {
        try {
            reader.getInputFeeder().feedInput(array, offset, length);
        } catch (XMLStreamException e) {
            throw notWellFormed(e);
        }
        bytesSinceToken += length;
        readTokens();
        if (bytesSinceToken > MAX_MARKUP) {
            throw new XmlException("a tag or comment is too long");
        }
    }

    private void readTokens() {
        try {
            int token = ended ? XMLStreamConstants.END_DOCUMENT : reader.next();
            while (token != AsyncXMLStreamReader.EVENT_INCOMPLETE && !ended) {
                bytesSinceToken = 0;
                take(token);
                token = ended ? XMLStreamConstants.END_DOCUMENT : reader.next();
            }
        } catch (XMLStreamException e) {
            throw notWellFormed(e);
        } catch (UncheckedStreamException e) {
            // text is read to its end only when it is asked for
            throw notWellFormed();
        }
    }

    private void take(int token) {
        switch (token) {
            case XMLStreamConstants.START_ELEMENT -> start();
            case XMLStreamConstants.END_ELEMENT -> end();
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                path.text(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
            case XMLStreamConstants.END_DOCUMENT -> ended = true;
            case XMLStreamConstants.START_DOCUMENT -> requireUtf8(reader.getCharacterEncodingScheme());
            case XMLStreamConstants.COMMENT, XMLStreamConstants.PROCESSING_INSTRUCTION -> {}
            case XMLStreamConstants.DTD -> throw new XmlException("a document type is not allowed");
            default -> throw new XmlException("entities are not allowed");
        }
    }

    /** The parser reads UTF-8 whatever the declaration says. */
    private static void requireUtf8(@Nullable String encoding) {
        if (encoding != null && !encoding.equalsIgnoreCase("UTF-8") && !encoding.equalsIgnoreCase("US-ASCII")) {
            throw new XmlException("the encoding is not UTF-8");
        }
    }

    private void start() {
        String name = reader.getLocalName();
        if (path.depth() == 0 && !name.equals(shape.root())) {
            throw new XmlException("the root is not " + shape.root());
        }
        String namespace = reader.getNamespaceURI();
        if (namespace != null && !namespace.isEmpty() && !namespace.equals(NAMESPACE)) {
            throw new XmlException("an element is not in the namespace " + NAMESPACE);
        }
        if (path.depth() == MAX_DEPTH) {
            throw new XmlException("elements are nested too deep");
        }
        path.enter(name);
    }

    private void end() {
        String text = path.ownText();
        if (path.depth() > 1) {
            shape.element(path.belowRoot(), text);
        }
        path.leave();
    }

    private XmlException notWellFormed() {
        return notWellFormed(reader.getLocation());
    }

    private static XmlException notWellFormed(XMLStreamException e) {
        return notWellFormed(e.getLocation());
    }

    private static XmlException notWellFormed(Location location) {
        return new XmlException("the document is not well-formed in line " + location.getLineNumber() + ", column "
                + location.getColumnNumber());
    }
}
