package io.chordata.node.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.StoreBusyException;
import io.chordata.node.object.ObjectError;
import io.chordata.node.object.ObjectException;
import io.chordata.node.s3.auth.AuthError;
import io.chordata.node.s3.xml.XmlException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorTableTest {
    @ParameterizedTest
    @EnumSource
    void objectError_ofAnyKind_hasAnErrorOfS3(ObjectError error) {
        assertThat(ErrorTable.of(error).status()).isBetween(400, 503);
    }

    @ParameterizedTest
    @EnumSource
    void authError_ofAnyKind_isTheClients(AuthError error) {
        assertThat(ErrorTable.of(error).isOurs()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "KEY_TOO_LONG, KeyTooLongError, 400",
        "PRECONDITION_FAILED, PreconditionFailed, 412",
        "NO_SUCH_UPLOAD, NoSuchUpload, 404",
        "TOO_BUSY, SlowDown, 503",
        "DISK_FULL, ServiceUnavailable, 503",
        "UNAVAILABLE, ServiceUnavailable, 503",
        "UNKNOWN_OUTCOME, ServiceUnavailable, 503",
        "BUCKET_ALREADY_OWNED, BucketAlreadyOwnedByYou, 409",
    })
    void objectError_asS3Writes_hasItsCodeAndStatus(ObjectError error, String code, int status) {
        assertThat(ErrorTable.of(error).code()).isEqualTo(code);
        assertThat(ErrorTable.of(error).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @EnumSource(names = {"TOO_BUSY", "DISK_FULL", "UNAVAILABLE", "UNKNOWN_OUTCOME", "UNREADABLE"})
    void refusal_thatIsOurs_tellsTheClientNothingOfTheInside(ObjectError error) {
        S3Exception refusal = ErrorTable.of(new ObjectException(error, "p7 INSIDE: a name of ours"));
        assertThat(refusal.error().isOurs()).isTrue();
        assertThat(refusal.getMessage()).isEqualTo(refusal.error().message());
    }

    @Test
    void codes_ofAllErrors_areUnique() {
        assertThat(S3Error.values()).extracting(S3Error::code).doesNotHaveDuplicates();
    }

    @Test
    void busy_ofAnyLayer_saysWhenToTryAgain() {
        S3Exception refusal = ErrorTable.of(new StoreBusyException("queue full"));
        S3Answer answer = ErrorAnswer.of(refusal, "/b/k", "ID", "HOST");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).containsKey("Retry-After");
    }

    @Test
    void accident_ofAnyKind_tellsTheClientNothingOfIt() {
        S3Exception refusal = ErrorTable.of(new IllegalStateException("secret detail"));
        assertThat(refusal.error()).isEqualTo(S3Error.INTERNAL_ERROR);
        assertThat(refusal.getMessage()).doesNotContain("secret");
    }

    @Test
    void document_ofAnError_holdsWhatS3Writes() {
        S3Exception refusal = ErrorTable.of(new ObjectException(ObjectError.NO_SUCH_KEY, "no <such> key"))
                .detail("Key", "k");
        assertThat(String.valueOf(ErrorAnswer.of(refusal, "/b/k", "ID", "HOST").buffer()))
                .endsWith("<Error><Code>NoSuchKey</Code><Message>no &lt;such&gt; key</Message><Key>k</Key>"
                        + "<Resource>/b/k</Resource><RequestId>ID</RequestId><HostId>HOST</HostId></Error>");
    }

    @Test
    void malformedXml_fromTheParser_isTheClients() {
        assertThat(ErrorTable.of(new XmlException("x")).error()).isEqualTo(S3Error.MALFORMED_XML);
    }
}
