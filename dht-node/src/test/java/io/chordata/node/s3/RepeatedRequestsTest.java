package io.chordata.node.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What SDKs send again because the first answer was lost on the way, on a whole node. */
@SuppressWarnings("NullAway.Init")
class RepeatedRequestsTest {
    private static final String NAME = "amz-sdk-invocation-id";
    private static final String LOST = "503 ServiceUnavailable";

    @TempDir
    static Path directory;

    private static S3TestNode node;
    private static S3TestClient client;

    @BeforeAll
    static void start() {
        node = new S3TestNode(directory);
        client = node.client();
        assertThat(client.call("PUT", "/bkt").outcome()).isEqualTo("200");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 100_000})
    void put_thatMustBeTheFirst_askedAgainAfterItsAnswerWasLost_succeeds(int size) {
        String uri = "/bkt/first-" + size;
        byte[] body = new byte[size];
        node.lossy.losesNext = true;
        assertThat(putFirst(uri, body, "one").outcome()).isEqualTo(LOST);
        HttpReply again = putFirst(uri, body, "one");
        assertThat(again.outcome()).isEqualTo("200");
        assertThat(client.get(uri).body()).isEqualTo(body);
        assertThat(client.get(uri).header("ETag")).isEqualTo(again.header("ETag"));
        assertThat(putFirst(uri, body, "two").outcome()).isEqualTo("412 PreconditionFailed");
    }

    @Test
    void put_ofOtherBytesUnderTheSameName_isAnotherRequest() {
        assertThat(client.put("/bkt/bytes", "a", NAME, "same").outcome()).isEqualTo("200");
        assertThat(client.put("/bkt/bytes", "b", NAME, "same").outcome()).isEqualTo("200");
        assertThat(client.get("/bkt/bytes").text()).isEqualTo("b");
    }

    @Test
    void put_whoseNameIsNotSigned_isNotTakenForARepeatedOne() {
        byte[] head = client.head("PUT", "/bkt/unsigned", 1, "If-None-Match", "*");
        String named = new String(head, StandardCharsets.ISO_8859_1).strip() + "\r\n" + NAME + ": x\r\n\r\n";
        assertThat(sendRaw(named)).isEqualTo("200");
        assertThat(sendRaw(named)).isEqualTo("412 PreconditionFailed");
    }

    @Test
    void delete_ofWhatMustBeThere_askedAgain_succeeds() {
        client.put("/bkt/gone", "x");
        node.lossy.losesNext = true;
        assertThat(client.delete("/bkt/gone", "If-Match", "*", NAME, "d").outcome())
                .isEqualTo(LOST);
        assertThat(client.delete("/bkt/gone", "If-Match", "*", NAME, "d").outcome())
                .isEqualTo("204");
        assertThat(client.delete("/bkt/gone", "If-Match", "*", NAME, "e").outcome())
                .isEqualTo("404 NoSuchKey");
    }

    @Test
    void delete_askedAgainAfterTheKeyWasWrittenAnew_leavesWhatIsThere() {
        client.put("/bkt/anew", "old");
        node.lossy.losesNext = true;
        assertThat(client.delete("/bkt/anew", NAME, "late").outcome()).isEqualTo(LOST);
        client.put("/bkt/anew", "new");
        assertThat(client.delete("/bkt/anew", NAME, "late").outcome()).isEqualTo("204");
        assertThat(client.get("/bkt/anew").text()).isEqualTo("new");
    }

    @Test
    void bucket_createdAgain_isTheOneOfTheFirstTime() {
        node.lossy.losesNext = true;
        assertThat(client.call("PUT", "/made-once", NAME, "b").outcome()).isEqualTo(LOST);
        assertThat(client.call("PUT", "/made-once", NAME, "b").outcome()).isEqualTo("200");
        assertThat(client.call("PUT", "/made-once", NAME, "c").outcome()).isEqualTo("409 BucketAlreadyOwnedByYou");
    }

    @Test
    void upload_createdAgain_isTheOneOfTheFirstTime() {
        node.lossy.losesNext = true;
        assertThat(client.call("POST", "/bkt/parts?uploads", NAME, "u").outcome())
                .isEqualTo(LOST);
        String id = client.call("POST", "/bkt/parts?uploads", NAME, "u").element("UploadId");
        assertThat(client.get("/bkt?uploads").all("UploadId")).containsExactly(id);
        assertThat(client.put("/bkt/parts?partNumber=1&uploadId=" + id, "x").outcome())
                .isEqualTo("200");
        assertThat(client.delete("/bkt/parts?uploadId=" + id, NAME, "a").outcome())
                .isEqualTo("204");
        assertThat(client.delete("/bkt/parts?uploadId=" + id, NAME, "a").outcome())
                .isEqualTo("204");
    }

    private static HttpReply putFirst(String uri, byte[] body, String name) {
        return client.call("PUT", uri, body, "If-None-Match", "*", NAME, name);
    }

    private static String sendRaw(String head) {
        try (HttpConversation conversation = client.connect()) {
            conversation.send(head.getBytes(StandardCharsets.ISO_8859_1));
            conversation.send(new byte[] {'x'});
            return conversation.receive(false).outcome();
        }
    }
}
