package io.chordata.node.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.object.ObjectException;
import io.vertx.core.MultiMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestParserTest {
    private final RequestParser parser = new RequestParser(List.of("localhost", "S3.example.org"));

    @ParameterizedTest
    @CsvSource({
        "/b/k, k",
        "/b//k, /k",
        "/b/k/, k/",
        "/b/../k, ../k",
        "/b/./a/../k, ./a/../k",
        "/b/a%2Fb, a/b",
        "/b/a%2fb, a/b",
        "/b/%2e%2e/k, ../k",
        "/b/a+b%20c, a+b c",
        "/b/%252F, %2F",
        "/b/a?b=/c, a",
        "/b/%3Fa, ?a",
        "/b/%D0%B6, \u0436",
        "/b/\u00d0\u00b6, \u0436",
        "/b///, //",
        "http://127.0.0.1:9000/b/k, k",
    })
    void path_ofAnyShape_keepsTheKeyExactly(String uri, String key) {
        S3Request request = parser.parse("GET", uri, host("127.0.0.1:9000"));
        assertThat(request.bucket()).isEqualTo("b");
        assertThat(request.objectKey().text()).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({
        "b.localhost:9000, /k, b, k",
        "B.LOCALHOST, /k, b, k",
        "a.b.localhost:9000, /k/l, a.b, k/l",
        "b.s3.example.org, //k, b, /k",
        "localhost:9000, /b/k, b, k",
        "127.0.0.1:9000, /b/k, b, k",
        "other.example.org, /b/k, b, k",
        ".localhost, /b/k, b, k",
    })
    void host_underADomain_namesTheBucket(String host, String uri, String bucket, String key) {
        S3Request request = parser.parse("GET", uri, host(host));
        assertThat(request.bucket()).isEqualTo(bucket);
        assertThat(request.objectKey().text()).isEqualTo(key);
    }

    @Test
    void host_underADomainWithoutPath_isTheBucketItself() {
        S3Request request = parser.parse("GET", "/?list-type=2", host("b.localhost:9000"));
        assertThat(request.level()).isEqualTo(S3Request.Level.BUCKET);
        assertThat(request.query().text("list-type")).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/b/%", "/b/%4", "/b/%zz", "/b/%ff", "/b/%c3", "/b/%ed%a0%80", "/%ff", "/b?a=%ff", "//k"})
    void uri_thatIsNoText_isRefused(String uri) {
        assertThatThrownBy(() -> parser.parse("GET", uri, host("127.0.0.1"))).isInstanceOf(S3Exception.class);
    }

    @Test
    void key_ofMoreThan1024Bytes_isRefused() {
        assertThat(parser.parse("GET", "/b/" + "%D0%B6".repeat(512), host("h"))
                        .objectKey()
                        .bytes())
                .hasSize(1024);
        assertThatThrownBy(() -> parser.parse("GET", "/b/" + "%D0%B6".repeat(512) + "a", host("h")))
                .isInstanceOf(ObjectException.class);
    }

    @Test
    void query_withRepeatedAndEmptyParameters_keepsTheFirst() {
        QueryString query = QueryString.parse("a=1&&a=2&b&c=&d=x%20y+z&=e");
        assertThat(query.text("a")).isEqualTo("1");
        assertThat(query.get("b")).isEmpty();
        assertThat(query.get("c")).isEmpty();
        assertThat(query.text("d")).isEqualTo("x y z");
        assertThat(query.get("absent")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"max=x", "max=-1", "max=1.5", "max=99999999999", "max=+1", "max=1001"})
    void number_thatIsNone_isRefused(String query) {
        assertThatThrownBy(() -> QueryString.parse(query).integer("max", 5, 0, 1000))
                .isInstanceOf(S3Exception.class);
    }

    private static MultiMap host(String host) {
        return MultiMap.caseInsensitiveMultiMap().add("Host", host);
    }
}
