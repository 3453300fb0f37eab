package io.chordata.node.s3.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.object.Uploads.CompletedPart;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentParserTest {
    private static final String NAMESPACE = " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";
    private static final String DELETE = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Delete" + NAMESPACE
            + "><!-- a comment --><Quiet>true</Quiet>\n"
            + "  <Object><Key> a&amp;b &#x431;<![CDATA[<&>]]>\u0436</Key><VersionId>null</VersionId></Object>"
            + "<Object><Key>\uD83D\uDE00</Key><ETag>&quot;e&quot;</ETag></Object></Delete>\n";

    @Test
    void document_wholeOrByteByByte_givesTheSame() {
        byte[] bytes = DELETE.getBytes(StandardCharsets.UTF_8);
        DeleteDocument.Deletion expected = new DeleteDocument.Deletion(
                true,
                List.of(
                        new DeleteDocument.Item(" a&b \u0431<&>\u0436", "null", null, false),
                        new DeleteDocument.Item("\uD83D\uDE00", null, "e", false)));
        for (int size : new int[] {1, 2, 3, 5, 7, 16, 64, bytes.length}) {
            assertThat(parse(new DeleteDocument(), bytes, bytes.length, size))
                    .as("in pieces of " + size)
                    .isEqualTo(expected);
        }
    }

    @Test
    void document_cutAnywhere_isRefused() {
        byte[] bytes = DELETE.strip().getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < bytes.length; length++) {
            int cut = length;
            assertThatThrownBy(() -> parse(new DeleteDocument(), bytes, cut, 7))
                    .as("cut at " + cut)
                    .isInstanceOf(XmlException.class);
        }
    }

    @Test
    void completeUpload_withChecksums_keepsOrderAndValues() {
        List<CompletedPart> parts = parse(
                new CompleteUploadDocument(),
                "<CompleteMultipartUpload><Part><ETag>\"x\"</ETag><PartNumber> 2 </PartNumber></Part>"
                        + "<Part><ChecksumCRC32>AAAAAQ==</ChecksumCRC32><PartNumber>1</PartNumber><ETag>y</ETag></Part>"
                        + "</CompleteMultipartUpload>");
        assertThat(parts).extracting(CompletedPart::number).containsExactly(2, 1);
        assertThat(parts).extracting(CompletedPart::eTag).containsExactly("x", "y");
        assertThat(Objects.requireNonNull(parts.get(1).checksum()).value()).containsExactly(0, 0, 0, 1);
    }

    @Test
    void createBucket_withLocation_tellsIt() {
        assertThat(parse(
                                new CreateBucketDocument(),
                                "<CreateBucketConfiguration" + NAMESPACE
                                        + "><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>")
                        .location())
                .isEqualTo("eu-west-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "no xml",
                "<Delete>",
                "<Delete/>",
                "<Delete><Object/></Delete>",
                "<Delete><Object><Key>a</Key></Object></delete>",
                "<Delete><Object><Key>a</Key></Object></Delete><Delete/>",
                "<Delete><Object><Key>a</Key></Object></Delete>x",
                "<Delete><Object><Key>a</Key><Key>b</Key></Object></Delete>",
                "<Delete><Object><Key>a</Key><What/></Object></Delete>",
                "<Delete><Object>text<Key>a</Key></Object></Delete>",
                "<Delete><Quiet>maybe</Quiet><Object><Key>a</Key></Object></Delete>",
                "<Other><Object><Key>a</Key></Object></Other>",
                "<Delete xmlns=\"urn:other\"><Object><Key>a</Key></Object></Delete>",
                "<x:Delete><Object><Key>a</Key></Object></x:Delete>",
                "<!DOCTYPE Delete><Delete><Object><Key>a</Key></Object></Delete>",
                "<!DOCTYPE d [<!ENTITY a \"b\">]><Delete><Object><Key>&a;</Key></Object></Delete>",
                "<!DOCTYPE d [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><Delete><Object><Key>&a;</Key></Object></Delete>",
                "<!DOCTYPE d SYSTEM \"http://127.0.0.1:1/d.dtd\"><Delete><Object><Key>a</Key></Object></Delete>",
                "<Delete><Object><Key>&unknown;</Key></Object></Delete>",
                "<Delete><Object><Key>&#0;</Key></Object></Delete>",
                "<Delete><Object><Key>&#xD800;</Key></Object></Delete>",
                "<Delete><Object><Key>\u0001</Key></Object></Delete>",
                "<Delete><Object><Key>a\u0001</Key></Object></Delete>",
                "<?xml version=\"1.0\" encoding=\"UTF-16\"?><Delete><Object><Key>a</Key></Object></Delete>",
                "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><Delete><Object><Key>\u00e9</Key></Object></Delete>",
                "<Delete a=\"1\" a=\"2\"><Object><Key>a</Key></Object></Delete>",
            })
    void document_thatIsNotOne_isRefused(String text) {
        assertThatThrownBy(() -> parse(new DeleteDocument(), text)).isInstanceOf(XmlException.class);
    }

    @Test
    void document_ofBytesThatAreNotUtf8_isRefused() {
        byte[] bytes =
                "<Delete><Object><Key>\u00e9\u00e9</Key></Object></Delete>".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> parse(new DeleteDocument(), bytes, bytes.length, 5))
                .isInstanceOf(XmlException.class);
    }

    @Test
    void documentType_beforeItsEnd_isRefused() {
        DocumentParser<?> parser = new DocumentParser<>(new DeleteDocument());
        assertThatThrownBy(() -> parser.feed(Buffer.buffer("<!DOCTYPE lolz [\n <!ENTITY lol \"lol\">]>\n<Delete>")))
                .isInstanceOf(XmlException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<Delete>", "<Delete ", "<Delete a=\"", "<Delete><!--", "<Delete><?x ", "<Delete><Object><Key>"})
    void document_thatNeverEnds_isRefusedWithinBounds(String beginning) {
        DocumentParser<?> parser = new DocumentParser<>(new DeleteDocument());
        parser.feed(Buffer.buffer(beginning));
        String more = beginning.equals("<Delete>") ? "<Delete>" : "x".repeat(8);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 2 * DocumentParser.MAX_MARKUP; i++) {
                        parser.feed(Buffer.buffer(more));
                    }
                })
                .isInstanceOf(XmlException.class);
    }

    @Test
    void document_ofTooManyAttributes_isRefused() {
        StringBuilder text = new StringBuilder("<Delete");
        for (int i = 0; i < 20_000; i++) {
            text.append(" a").append(i).append("=''");
        }
        text.append("/>");
        assertThatThrownBy(() -> parse(new DeleteDocument(), text.toString()))
                .isInstanceOf(XmlException.class)
                .hasMessageContaining("too long");
    }

    @Test
    void document_longerThanAllowed_isRefusedBeforeItsEnd() {
        DocumentParser<?> parser = new DocumentParser<>(new CreateBucketDocument());
        parser.feed(Buffer.buffer("<CreateBucketConfiguration>"));
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 2 << 10; i++) {
                        parser.feed(Buffer.buffer("<!--" + "x".repeat(1 << 10) + "-->"));
                    }
                })
                .isInstanceOf(XmlException.class)
                .hasMessageContaining("1048576");
    }

    @Test
    void delete_ofAThousand_isTakenAndOneMoreRefused() {
        assertThat(parse(new DeleteDocument(), deletes(1000)).items()).hasSize(1000);
        assertThatThrownBy(() -> parse(new DeleteDocument(), deletes(1001)))
                .isInstanceOf(XmlException.class)
                .hasMessageContaining("1000");
    }

    private static String deletes(int count) {
        return "<Delete>" + ("<Object><Key>" + "k".repeat(1024) + "</Key></Object>").repeat(count) + "</Delete>";
    }

    private static <T> T parse(DocumentShape<T> shape, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return parse(shape, bytes, bytes.length, bytes.length + 1);
    }

    private static <T> T parse(DocumentShape<T> shape, byte[] bytes, int length, int pieces) {
        DocumentParser<T> parser = new DocumentParser<>(shape);
        for (int at = 0; at < length; at += pieces) {
            parser.feed(Buffer.buffer().appendBytes(bytes, at, Math.min(pieces, length - at)));
        }
        return parser.finish();
    }
}
