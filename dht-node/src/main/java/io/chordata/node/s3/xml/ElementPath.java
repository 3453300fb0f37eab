package io.chordata.node.s3.xml;

import java.util.ArrayList;
import java.util.List;

/** The elements that are open, and the text of each so far. */
final class ElementPath {
    private final List<String> names = new ArrayList<>();
    private final List<StringBuilder> texts = new ArrayList<>();

    int depth() {
        return names.size();
    }

    void enter(String name) {
        names.add(name);
        texts.add(new StringBuilder());
    }

    void leave() {
        names.remove(names.size() - 1);
        texts.remove(texts.size() - 1);
    }

    /** Text outside of the root is white space: the parser sees to that. */
    void text(char[] chars, int start, int length) {
        if (names.isEmpty()) {
            return;
        }
        StringBuilder text = texts.get(texts.size() - 1);
        if (text.length() + length > DocumentParser.MAX_TEXT) {
            throw new XmlException("the text of element " + names.get(names.size() - 1) + " is too long");
        }
        text.append(chars, start, length);
    }

    String ownText() {
        return texts.get(texts.size() - 1).toString();
    }

    String belowRoot() {
        return String.join("/", names.subList(1, names.size()));
    }
}
