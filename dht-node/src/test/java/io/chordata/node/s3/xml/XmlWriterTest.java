package io.chordata.node.s3.xml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class XmlWriterTest {
    @Test
    void document_withNestedElements_closesThemAll() {
        String text = XmlWriter.of("A")
                .open("B")
                .element("C", 1)
                .optional("D", null)
                .optional("E", "x")
                .finish()
                .toString();
        assertThat(text)
                .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        + "<A xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><B><C>1</C><E>x</E></B></A>");
    }

    @Test
    void text_withMarkupAndControlCharacters_isEscaped() {
        assertThat(escaped("<a href=\"x\">&</a>")).isEqualTo("&lt;a href=&quot;x&quot;&gt;&amp;&lt;/a&gt;");
        assertThat(escaped("\r\u007f")).isEqualTo("&#xd;&#x7f;");
        assertThat(escaped("\u0000\u0001\u001f\uffff")).isEqualTo("\ufffd".repeat(4));
        assertThat(escaped("\t\n\u00e9\uD83D\uDE00")).isEqualTo("\t\n\u00e9\uD83D\uDE00");
    }

    private static String escaped(String value) {
        String text = new String(XmlWriter.ofError().text(value).finish().getBytes(), StandardCharsets.UTF_8);
        return text.substring(text.indexOf("<Error>") + 7, text.indexOf("</Error>"));
    }
}
