package io.chordata.client.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class CanonicalRequestTest {
    @Test
    void path_withDotsDoubleSlashesAndEscapes_isNeitherNormalisedNorEncodedTwice() {
        assertThat(path("//a/../b/./%7e%2F%c3%A9+ %")).isEqualTo("//a/../b/./~/%C3%A9%2B%20%25");
        assertThat(path("/a%252Fb")).isEqualTo("/a%252Fb");
        assertThat(path("")).isEqualTo("/");
    }

    @Test
    void query_withEqualNames_isSortedByNameThenValue() {
        assertThat(query("b=2&a-b=3&b=1&a=4&c")).isEqualTo("a=4&a-b=3&b=1&b=2&c=");
    }

    @Test
    void query_inOtherEncodings_isBroughtToOne() {
        assertThat(query("prefix=a+b%20c%2fd/e*~&delimiter=/")).isEqualTo("delimiter=%2F&prefix=a%20b%20c%2Fd%2Fe%2A~");
        assertThat(query("a=b=c&%=%4&=x")).isEqualTo("=x&%25=%254&a=b%3Dc");
    }

    @Test
    void component_inAnyEncoding_isDecodedToBytes() {
        assertThat(UriEncoding.decode("a+b%20%2f%zz%c3%A9%")).isEqualTo("a b /%zz\u00c3\u00a9%");
    }

    @Test
    void query_withItsOwnSignature_leavesThatOut() {
        assertThat(query("X-Amz-Date=d&X-Amz-Signature=s&a=1")).isEqualTo("X-Amz-Date=d&a=1");
    }

    @Test
    void headers_withSpacesAndSeveralValues_areTrimmedAndJoined() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .add("X-Amz-Meta-A", "  one   two\t ")
                .add("x-amz-meta-a", "three");
        CanonicalRequest request =
                new CanonicalRequest("GET", "/", "", headers, List.of("missing", "x-amz-meta-a"), "UNSIGNED-PAYLOAD");
        assertThat(request.text().toString())
                .isEqualTo("GET\n/\n\nmissing:\nx-amz-meta-a:one two,three\n\nmissing;x-amz-meta-a\nUNSIGNED-PAYLOAD");
    }

    private static String path(String rawPath) {
        return line(new CanonicalRequest("GET", rawPath, "", MultiMap.caseInsensitiveMultiMap(), List.of(), ""), 1);
    }

    private static String query(String rawQuery) {
        return line(new CanonicalRequest("GET", "/", rawQuery, MultiMap.caseInsensitiveMultiMap(), List.of(), ""), 2);
    }

    private static String line(CanonicalRequest request, int line) {
        return request.text().toString().split("\n", -1)[line];
    }
}
