package io.chordata.node.s3.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chordata.client.sigv4.AmzDate;
import io.chordata.client.sigv4.PayloadHash;
import io.chordata.client.sigv4.RequestSigner;
import io.chordata.node.block.ChecksumAlgorithm;
import io.chordata.node.core.Clock;
import io.chordata.node.s3.auth.Authentication.ChecksumHeaders;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticatorTest {
    private static final long NOW = 1_750_000_000_000L;
    private static final long MINUTE = 60_000;
    private static final String KEY = "AKIAIOSFODNN7EXAMPLE";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private static final String PATH = "/bucket//a%20b/../%C3%A9+";
    private static final String QUERY = "list-type=2&prefix=x%2Fy&delimiter=";

    private long nowMillis = NOW;
    private final Authenticator authenticator =
            new Authenticator(key -> Future.succeededFuture(key.equals(KEY) ? SECRET : null), clock());
    private final RequestSigner signer = new RequestSigner(KEY, SECRET, "eu-anywhere-7", "s3");

    @Test
    void header_signedByAKnownKey_isBelieved() {
        Authentication answer = Authentications.now(authenticator.authenticate(signed()));
        assertThat(answer.accessKey()).isEqualTo(KEY);
        assertThat(answer.isPresigned()).isFalse();
    }

    @Test
    void header_withoutSpacesAfterCommas_isBelieved() {
        SignedRequest request = signed();
        edit(request, ", ", ",");
        assertThat(Authentications.now(authenticator.authenticate(request)).accessKey())
                .isEqualTo(KEY);
    }

    @Test
    void header_signedAtItsDateHeader_isBelieved() {
        nowMillis = 1369353600000L;
        MultiMap headers =
                headers().set("Date", "Fri, 24 May 2013 00:00:00 GMT").set("x-amz-content-sha256", PayloadHash.EMPTY);
        SignedRequest request = new SignedRequest("GET", PATH, QUERY, headers);
        signer.sign("GET", PATH, QUERY, headers, PayloadHash.EMPTY, nowMillis);
        String authorization = headers.get("Authorization");
        assertThat(Authentications.now(authenticator.authenticate(request)).accessKey())
                .isEqualTo(KEY);
        headers.remove("x-amz-date");
        headers.set("Authorization", authorization);
        assertThat(refusal(request)).isEqualTo(AuthError.SIGNATURE_MISMATCH);
    }

    @Test
    void anyPartOfTheRequest_thatIsChanged_isNotBelieved() {
        SignedRequest good = signed();
        MultiMap headers = good.headers();
        assertThat(refusal(new SignedRequest("PUT", PATH, QUERY, headers))).isEqualTo(AuthError.SIGNATURE_MISMATCH);
        assertThat(refusal(new SignedRequest("GET", "/bucket/a%20b/%C3%A9+", QUERY, headers)))
                .isEqualTo(AuthError.SIGNATURE_MISMATCH);
        assertThat(refusal(new SignedRequest("GET", PATH, QUERY + "x", headers)))
                .isEqualTo(AuthError.SIGNATURE_MISMATCH);
        assertThat(refusal(new SignedRequest("GET", PATH, QUERY + "&acl", headers)))
                .isEqualTo(AuthError.SIGNATURE_MISMATCH);
        headers.set("x-amz-meta-a", "2");
        assertThat(refusal(good)).isEqualTo(AuthError.SIGNATURE_MISMATCH);
        headers.set("x-amz-meta-a", "1").add("x-amz-meta-a", "");
        assertThat(refusal(good)).isEqualTo(AuthError.SIGNATURE_MISMATCH);
        headers.set("x-amz-meta-a", "1").set("x-amz-content-sha256", PayloadHash.UNSIGNED);
        assertThat(refusal(good)).isEqualTo(AuthError.SIGNATURE_MISMATCH);
        headers.set("x-amz-content-sha256", PayloadHash.EMPTY).set("host", "elsewhere");
        assertThat(refusal(good)).isEqualTo(AuthError.SIGNATURE_MISMATCH);
        headers.set("host", "localhost:9000");
        assertThat(Authentications.now(authenticator.authenticate(good)).accessKey())
                .isEqualTo(KEY);
    }

    @Test
    void secret_thatIsAnother_isNotBelieved() {
        MultiMap headers = headers();
        new RequestSigner(KEY, SECRET + "x", "us-east-1", "s3")
                .sign("GET", PATH, QUERY, headers, PayloadHash.EMPTY, NOW);
        assertThat(refusal(new SignedRequest("GET", PATH, QUERY, headers))).isEqualTo(AuthError.SIGNATURE_MISMATCH);
    }

    @Test
    void request_withoutSignature_isUnsigned() {
        assertThat(refusal(new SignedRequest("GET", PATH, QUERY, headers()))).isEqualTo(AuthError.UNSIGNED);
    }

    @Test
    void key_thatIsUnknown_isCalledSo() {
        MultiMap headers = headers();
        new RequestSigner("NOBODY", SECRET, "us-east-1", "s3")
                .sign("GET", PATH, QUERY, headers, PayloadHash.EMPTY, NOW);
        assertThat(refusal(new SignedRequest("GET", PATH, QUERY, headers))).isEqualTo(AuthError.UNKNOWN_KEY);
    }

    @ParameterizedTest
    @ValueSource(longs = {16, -16, 10_000, -10_000})
    void clock_thatDiffersTooMuch_isSkewed(long minutes) {
        nowMillis = NOW + minutes * MINUTE;
        assertThat(refusal(signed())).isEqualTo(AuthError.SKEWED);
    }

    @ParameterizedTest
    @ValueSource(longs = {15, -15})
    void clock_thatDiffersALittle_isAccepted(long minutes) {
        nowMillis = NOW + minutes * MINUTE;
        assertThat(Authentications.now(authenticator.authenticate(signed())).accessKey())
                .isEqualTo(KEY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"AWS AKIAIOSFODNN7EXAMPLE:sig", "AWS4-ECDSA-P256-SHA256 Credential=x", "Basic eA==", "x", ""})
    void scheme_thatIsNotOurs_isRefused(String authorization) {
        SignedRequest request = signed();
        request.headers().set("Authorization", authorization);
        assertThat(refusal(request)).isEqualTo(AuthError.UNSUPPORTED_SCHEME);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Credential=|Credentials=",
                "Credential=|",
                ", SignedHeaders=|, Signature=0, SignedHeaders=",
                "Signature=|Sig=",
                "SignedHeaders=|Signed=",
                "/s3/|/ec2/",
                "aws4_request|aws5_request",
                "/eu-anywhere-7/|//",
                "/eu-anywhere-7/|/",
                "20250615|20250616",
                "host;|Host;",
                "host;|host;;",
                "Signature=|Signature=zz",
                "Signature=|Signature=,Signature="
            })
    void header_thatIsMalformed_isCalledSo(String part, String replacement) {
        SignedRequest request = signed();
        edit(request, part, replacement == null ? "" : replacement);
        assertThat(refusal(request)).isEqualTo(AuthError.MALFORMED_HEADER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "20250615", "20250615T000000"})
    void date_thatIsNone_isMissed(String date) {
        SignedRequest request = signed();
        request.headers().set("x-amz-date", date);
        assertThat(refusal(request)).isEqualTo(AuthError.NO_DATE);
        request.headers().remove("x-amz-date").set("date", date);
        assertThat(refusal(request)).isEqualTo(AuthError.NO_DATE);
    }

    @Test
    void amzHeader_thatIsNotSigned_isRefused() {
        SignedRequest request = signed();
        request.headers().add("X-Amz-Copy-Source", "");
        assertThat(refusal(request)).isEqualTo(AuthError.HEADER_NOT_SIGNED);
    }

    @Test
    void host_thatIsNotSigned_isRefused() {
        SignedRequest request = signed();
        edit(request, "SignedHeaders=host;", "SignedHeaders=");
        assertThat(refusal(request)).isEqualTo(AuthError.HEADER_NOT_SIGNED);
    }

    /** What curl 7.88 sent on its own for this URL. */
    @Test
    void request_ofCurlWithoutPayloadHash_isHeldToAnEmptyBody() {
        nowMillis = AmzDate.parse("20261121T105344Z").getAsLong();
        Authenticator curlOnly = new Authenticator(Authentications.all("secret"), clock());
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .set("Host", "127.0.0.1:57617")
                .set("X-Amz-Date", "20261121T105344Z")
                .set("User-Agent", "curl/7.88.1")
                .set("Content-Length", "1")
                .set(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=KEY/20261121/us-east-1/s3/aws4_request,"
                                + " SignedHeaders=host;x-amz-date,"
                                + " Signature=79ace1352fc1db5b2061fa6dda9435bc18774ad7adf35099a9a5d4e8bddafefe");
        SignedRequest request = new SignedRequest("GET", "/b/a%20b", "list-type=2&prefix=x", headers);
        Authentication answer = Authentications.now(curlOnly.authenticate(request));
        assertThat(answer.payload(new FakeWire(), ChecksumHeaders.OF_THE_BODY, null)
                        .checksums())
                .containsExactly(ChecksumAlgorithm.SHA256);
    }

    @Test
    void token_thatNoKeyHas_isUnknown() {
        SignedRequest request = signed();
        request.headers().set("x-amz-security-token", "t");
        assertThat(refusal(request)).isEqualTo(AuthError.UNKNOWN_TOKEN);
        assertThat(refusal(presigned(presignedQuery(60) + "&X-Amz-Security-Token=t")))
                .isEqualTo(AuthError.UNKNOWN_TOKEN);
    }

    @Test
    void link_inItsTime_isBelieved() {
        SignedRequest request = presigned(presignedQuery(604800));
        nowMillis = NOW + 604_800_000;
        Authentication answer = Authentications.now(authenticator.authenticate(request));
        assertThat(answer.accessKey()).isEqualTo(KEY);
        assertThat(answer.isPresigned()).isTrue();
    }

    @Test
    void link_inAnotherEncoding_isBelieved() {
        String query = presignedQuery(60).replace("X-Amz-Date", "%58-Amz-Date").replace("%2F", "%2f");
        assertThat(Authentications.now(authenticator.authenticate(presigned(query)))
                        .accessKey())
                .isEqualTo(KEY);
    }

    @Test
    void link_afterItsTime_isExpired() {
        SignedRequest request = presigned(presignedQuery(60));
        nowMillis = NOW + 61_000;
        assertThat(refusal(request)).isEqualTo(AuthError.EXPIRED);
        nowMillis = NOW - 16 * MINUTE;
        assertThat(refusal(request)).isEqualTo(AuthError.EXPIRED);
    }

    @Test
    void link_thatIsChanged_isNotBelieved() {
        assertThat(refusal(presigned(presignedQuery(60) + "&versionId=1"))).isEqualTo(AuthError.SIGNATURE_MISMATCH);
        assertThat(refusal(presigned(presignedQuery(60).replace("Expires=60", "Expires=61"))))
                .isEqualTo(AuthError.SIGNATURE_MISMATCH);
    }

    @Test
    void link_withHeadersThatWereNotSigned_isRefused() {
        SignedRequest request = presigned(presignedQuery(60));
        request.headers().set("x-amz-acl", "private");
        assertThat(refusal(request)).isEqualTo(AuthError.HEADER_NOT_SIGNED);
    }

    @Test
    void link_forOneBody_takesNoOther() {
        MultiMap headers = host().set("x-amz-content-sha256", "ab".repeat(32));
        String query = signer.presign("PUT", PATH, "", headers, 60, NOW);
        SignedRequest request = new SignedRequest("PUT", PATH, query, headers);
        assertThat(Authentications.now(authenticator.authenticate(request)).isPresigned())
                .isTrue();
        headers.set("x-amz-content-sha256", "cd".repeat(32));
        assertThat(refusal(request)).isEqualTo(AuthError.SIGNATURE_MISMATCH);
        headers.remove("x-amz-content-sha256");
        assertThat(refusal(request)).isEqualTo(AuthError.SIGNATURE_MISMATCH);
    }

    @Test
    void link_thatNamesItsHashInTheQuery_takesNoOther() {
        String unsigned = "X-Amz-Content-Sha256=" + PayloadHash.UNSIGNED;
        String query = signer.presign("PUT", PATH, unsigned, host(), 60, NOW);
        SignedRequest request = new SignedRequest("PUT", PATH, query, host());
        assertThat(Authentications.now(authenticator.authenticate(request)).isPresigned())
                .isTrue();
        String hash = unsigned.replace(PayloadHash.UNSIGNED, "ab".repeat(32));
        assertThat(refusal(new SignedRequest("PUT", PATH, query.replace(unsigned, hash), host())))
                .isEqualTo(AuthError.SIGNATURE_MISMATCH);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Amz-Algorithm=AWS4-HMAC-SHA256|X-Amz-Algorithm=AWS4-ECDSA-P256-SHA256",
                "X-Amz-Credential=|X-Amz-Cred=",
                "X-Amz-Date=|X-Amz-Day=",
                "X-Amz-Expires=|X-Amz-Ends=",
                "X-Amz-SignedHeaders=|X-Amz-Headers=",
                "X-Amz-Signature=|X-Amz-Sig=",
                "X-Amz-Expires=60|X-Amz-Expires=604801",
                "X-Amz-Expires=60|X-Amz-Expires=-1",
                "X-Amz-Expires=60|X-Amz-Expires=",
                "X-Amz-Expires=60|X-Amz-Expires=99999999999999999999",
                "X-Amz-Expires=60|X-Amz-Expires=60&X-Amz-Expires=60",
                "X-Amz-Date=2025|X-Amz-Date=2024",
                "%2Fs3%2F|%2Fsqs%2F"
            })
    void query_thatIsMalformed_isCalledSo(String part, String replacement) {
        String query = presignedQuery(60);
        assertThat(query).contains(part);
        assertThat(refusal(presigned(query.replace(part, replacement)))).isEqualTo(AuthError.MALFORMED_QUERY);
    }

    @Test
    void query_signedWithVersionTwo_isRefused() {
        assertThat(refusal(presigned("AWSAccessKeyId=a&Expires=1&Signature=b")))
                .isEqualTo(AuthError.UNSUPPORTED_SCHEME);
    }

    @Test
    void request_signedTwice_isRefused() {
        SignedRequest request = signed();
        assertThat(refusal(new SignedRequest("GET", PATH, presignedQuery(60), request.headers())))
                .isEqualTo(AuthError.TWO_SCHEMES);
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public long wallMillis() {
                return nowMillis;
            }

            @Override
            public long monotonicNanos() {
                throw new UnsupportedOperationException("durations are not measured here");
            }
        };
    }

    private SignedRequest signed() {
        MultiMap headers = headers().set("x-amz-meta-a", "1");
        signer.sign("GET", PATH, QUERY, headers, PayloadHash.EMPTY, NOW);
        return new SignedRequest("GET", PATH, QUERY, headers);
    }

    private String presignedQuery(long seconds) {
        return signer.presign("GET", PATH, QUERY, host(), seconds, NOW);
    }

    private SignedRequest presigned(String query) {
        return new SignedRequest("GET", PATH, query, headers());
    }

    private static MultiMap host() {
        return MultiMap.caseInsensitiveMultiMap().set("Host", "localhost:9000");
    }

    private static MultiMap headers() {
        return host().set("User-Agent", "test").set("Accept-Encoding", "identity");
    }

    private static void edit(SignedRequest request, String part, String replacement) {
        String authorization = request.headers().get("Authorization");
        assertThat(authorization).contains(part).contains(AmzDate.date(AmzDate.format(NOW)));
        request.headers().set("Authorization", authorization.replace(part, replacement));
    }

    private AuthError refusal(SignedRequest request) {
        AuthException refusal = catchThrowableOfType(
                AuthException.class, () -> Authentications.now(authenticator.authenticate(request)));
        assertThat(refusal).as("believed: %s", request).isNotNull();
        assertThat(refusal.getMessage()).doesNotContain(SECRET);
        return refusal.error();
    }
}
