package io.chordata.client.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The examples of the S3 API reference, "Signature Calculations for the Authorization Header" and its neighbours. */
class PublishedVectorsTest {
    private static final long NOW = 1369353600000L;
    private static final String HOST = "examplebucket.s3.amazonaws.com";

    private final RequestSigner signer =
            new RequestSigner("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1", "s3");

    @Test
    void getObject_withRange_hasThePublishedAuthorization() {
        MultiMap headers = headers("Host", HOST, "Range", "bytes=0-9");
        signer.sign("GET", "/test.txt", "", headers, PayloadHash.EMPTY, NOW);
        assertThat(headers.get("Authorization"))
                .isEqualTo("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
                        + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, "
                        + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    }

    @Test
    void putObject_withReservedCharacterInPath_hasThePublishedSignature() {
        for (String path : new String[] {"/test$file.text", "/test%24file.text"}) {
            MultiMap headers = headers(
                    "Host", HOST, "Date", "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class", "REDUCED_REDUNDANCY");
            String hash = hash("Welcome to Amazon S3.");
            assertThat(signature(headers, "PUT", path, "", hash))
                    .isEqualTo("98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
        }
    }

    @Test
    void getLifecycle_withValuelessParameter_hasThePublishedSignature() {
        assertThat(signature(headers("Host", HOST), "GET", "/", "lifecycle", PayloadHash.EMPTY))
                .isEqualTo("fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
    }

    @Test
    void listObjects_inAnyOrderOfParameters_hasThePublishedSignature() {
        for (String query : new String[] {"max-keys=2&prefix=J", "prefix=J&max-keys=2", "prefix=%4a&&max-keys=2"}) {
            assertThat(signature(headers("Host", HOST), "GET", "/", query, PayloadHash.EMPTY))
                    .isEqualTo("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
        }
    }

    @Test
    void presignedGet_forADay_hasThePublishedQuery() {
        assertThat(signer.presign("GET", "/test.txt", "", headers("Host", HOST), 86400, NOW))
                .isEqualTo("X-Amz-Algorithm=AWS4-HMAC-SHA256"
                        + "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
                        + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
                        + "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
    }

    @Test
    void chunkedPut_ofThreeChunks_hasThePublishedChain() {
        MultiMap headers = chunked().set("Content-Length", "66824");
        ChunkSignatures chunks =
                signer.sign("PUT", "/examplebucket/chunkObject.txt", "", headers, PayloadHash.STREAMING, NOW);
        assertThat(headers.get("Authorization"))
                .endsWith("=4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9");
        assertThat(chunks.next(letters(65536)))
                .isEqualTo("ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648");
        assertThat(chunks.next(letters(1024)))
                .isEqualTo("0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497");
        assertThat(chunks.next(letters(0)))
                .isEqualTo("b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9");
    }

    @Test
    void chunkedPut_withTrailer_hasThePublishedChain() {
        MultiMap headers = chunked().set("x-amz-trailer", "x-amz-checksum-crc32c");
        ChunkSignatures chunks =
                signer.sign("PUT", "/examplebucket/chunkObject.txt", "", headers, PayloadHash.STREAMING_TRAILER, NOW);
        assertThat(headers.get("Authorization"))
                .endsWith("=106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e");
        assertThat(chunks.next(letters(65536)))
                .isEqualTo("b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2");
        assertThat(chunks.next(letters(1024)))
                .isEqualTo("1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7");
        assertThat(chunks.next(letters(0)))
                .isEqualTo("2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992");
        assertThat(chunks.trailer(Map.of("x-amz-checksum-crc32c", "sOO8/Q==")))
                .isEqualTo("d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435");
    }

    private String signature(MultiMap headers, String method, String path, String query, String payloadHash) {
        signer.sign(method, path, query, headers, payloadHash, NOW);
        String authorization = headers.get("Authorization");
        return authorization.substring(authorization.lastIndexOf('=') + 1);
    }

    private static MultiMap chunked() {
        return headers(
                "Host", "s3.amazonaws.com",
                "Content-Encoding", "aws-chunked",
                "x-amz-decoded-content-length", "66560",
                "x-amz-storage-class", "REDUCED_REDUNDANCY");
    }

    private static MultiMap headers(String... namesAndValues) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    private static byte[] letters(int count) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) 'a');
        return Sha256.hash(bytes, count);
    }

    private static String hash(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Hex.of(Sha256.hash(bytes, bytes.length));
    }
}
