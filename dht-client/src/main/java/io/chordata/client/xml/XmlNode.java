package io.chordata.client.xml;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An element of a small document, without attributes and namespaces, which S3 gives no meaning. Documents with a DTD are
 * refused, so that no entity is ever resolved.
 */
final class XmlNode {
    private static final int MAX_DEPTH = 16;
    private static final XMLInputFactory FACTORY = factory();

    private final String name;
    private final StringBuilder text = new StringBuilder();
    private final List<XmlNode> children = new ArrayList<>();

    private XmlNode(String name) {
        this.name = name;
    }

    /** @throws XmlException if it is no such document */
    static XmlNode parse(Buffer document) throws XmlException {
        try {
            XMLStreamReader reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(document.getBytes()));
            try {
                return read(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw new XmlException(String.valueOf(e.getMessage()));
        }
    }

    private static XmlNode read(XMLStreamReader reader) throws XMLStreamException, XmlException {
        List<XmlNode> open = new ArrayList<>();
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> open(open, new XmlNode(reader.getLocalName()));
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (!open.isEmpty()) {
                        open.get(open.size() - 1).text.append(reader.getText());
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    if (open.size() == 1) {
                        return open.get(0);
                    }
                    open.remove(open.size() - 1);
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new XmlException("a document type is not allowed");
                default -> {}
            }
        }
        throw new XmlException("no element");
    }

    private static void open(List<XmlNode> open, XmlNode node) throws XmlException {
        if (open.size() == MAX_DEPTH) {
            throw new XmlException("elements within elements, more than " + MAX_DEPTH + " deep");
        }
        if (!open.isEmpty()) {
            open.get(open.size() - 1).children.add(node);
        }
        open.add(node);
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    String name() {
        return name;
    }

    String text() {
        return text.toString();
    }

    List<XmlNode> children(String wanted) {
        return children.stream().filter(child -> child.name.equals(wanted)).toList();
    }

    Optional<XmlNode> child(String wanted) {
        return children.stream().filter(child -> child.name.equals(wanted)).findFirst();
    }

    /** The text of that child, empty if there is none. */
    String text(String wanted) {
        return child(wanted).map(XmlNode::text).orElse("");
    }

    /** @throws XmlException if the child is missing or no number */
    long number(String wanted) throws XmlException {
        try {
            return Long.parseLong(text(wanted).strip());
        } catch (NumberFormatException e) {
            throw new XmlException(wanted + " of " + name + " is no number");
        }
    }
}
