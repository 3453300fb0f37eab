package io.chordata.node.admin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.admin.AdminWorld.Answer;
import io.chordata.node.core.BucketId;
import io.chordata.node.core.DerivedIds;
import io.chordata.node.core.Uint128;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RingApiTest {
    private static final String ONE = "00000000000000070000000000000001";
    private static final String TWO = "00000000000000070000000000000002";
    private static final String ID = "0000000000000000000000000000002a";
    private static final int LARGE = 60_000;

    private final AdminWorld world = new AdminWorld();

    @BeforeEach
    void start() {
        world.start();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private JsonObject json(String path) {
        Answer answer = world.get(path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    @Test
    void ring_asked_answersAsDesigned() {
        assertThat(json("/v1/ring")).isEqualTo(new JsonObject("""
                        {"version":12,"unanswered":["00000000000000070000000000000002"],"positions":[
                          {"id":"00000000000000000000000000000001","node":"00000000000000070000000000000001",
                           "predecessor":"00000000000000000000000000000002",
                           "successors":["00000000000000000000000000000002"]},
                          {"id":"00000000000000000000000000000002","node":"00000000000000070000000000000002",
                           "predecessor":null,"successors":null}]}"""));
    }

    @Test
    void flows_asked_answerAsDesigned() {
        assertThat(json("/v1/flows")).isEqualTo(new JsonObject("""
                        {"nodes":[
                           {"node":"00000000000000070000000000000001","requests":12.3,"failed":1,"bytesReceived":1000,
                            "bytesSent":2001,"p99Micros":3000},
                           {"node":"00000000000000070000000000000002","requests":0.0,"failed":0,"bytesReceived":0,
                            "bytesSent":0,"p99Micros":null}],
                         "operations":[{"name":"GetObject","requests":12.3,"p50Micros":1000,"p99Micros":3000}],
                         "links":[
                           {"from":"00000000000000070000000000000001","to":"00000000000000070000000000000002",
                            "kind":"replication","bytes":4096},
                           {"from":"00000000000000070000000000000002","to":"00000000000000070000000000000001",
                            "kind":"movement","bytes":13}],
                         "linksLeftOut":3,"unanswered":["00000000000000070000000000000003"]}"""));
    }

    @Test
    void ring_askedForOneNode_hasItsFingers() {
        assertThat(json("/v1/ring?node=" + ONE)).isEqualTo(new JsonObject("""
                        {"version":12,"unanswered":[],
                         "fingers":[{"start":"00000000000000000000000000000009","id":"00000000000000000000000000000002",
                                     "node":"00000000000000070000000000000002"}],
                         "positions":[{"id":"00000000000000000000000000000001","node":"00000000000000070000000000000001",
                           "predecessor":"00000000000000000000000000000002",
                           "successors":["00000000000000000000000000000002"]}]}"""));
    }

    @Test
    void lookup_ofAnId_answersAsDesigned() {
        assertThat(json("/v1/lookup?id=" + ID)).isEqualTo(new JsonObject("""
                        {"id":"0000000000000000000000000000002a","position":"00000000000000000000000000000002",
                         "node":"00000000000000070000000000000002","partition":0,
                         "replicas":["00000000000000070000000000000002","00000000000000070000000000000001"],
                         "path":[{"node":"00000000000000070000000000000001","position":null,"source":"self","roundTripMicros":0},
                                 {"node":"00000000000000070000000000000002",
                                  "position":"00000000000000000000000000000002","source":"finger","roundTripMicros":1500}]}"""));
        assertThat(world.ring.lastLookup).isEqualTo(ID + " from null false");
    }

    @Test
    void lookup_ofAKeyFromANodeViaFingers_asksForThat() {
        String id = DerivedIds.recordId(new BucketId(Uint128.ZERO), "a/ü b".getBytes(StandardCharsets.UTF_8))
                .toString();

        assertThat(json("/v1/lookup?key=a%2F%C3%BC%20b&via=fingers&from=" + TWO).getString("id"))
                .isEqualTo(id);

        assertThat(world.ring.lastLookup).isEqualTo(id + " from " + TWO + " true");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/ring?node=1,400,'node' must be 32 hex digits",
        "/v1/ring?node=,400,'node' is empty",
        "/v1/ring?node=00000000000000070000000000000009,400,there is no node 00000000000000070000000000000009",
        "/v1/ring?nod=1,400,there is no parameter 'nod'",
        "/v1/ring?node=%zz,400,percent sign",
        "/v1/lookup,400,neither a key nor an id",
        "/v1/lookup?key=a&id=0000000000000000000000000000002a,400,both a key and an id",
        "/v1/lookup?key=a&key=b,400,'key' is given more than once",
        "/v1/lookup?key=,400,'key' is empty",
        "/v1/lookup?id=xyz,400,not 'xyz'",
        "/v1/lookup?id=0000000000000000000000000000002g,400,must be 32 hex digits",
        "/v1/lookup?key=a&from=nobody,400,not 'nobody'",
        "/v1/lookup?key=a&via=cache,400,not 'cache'",
        "/v1/lookup?id=000000000000000000000000000001f7,503,stopped at its start"
    })
    void question_thatCannotBeAnswered_saysWhichValueAndWhatToDo(String path, int status, String detail) {
        Answer answer = world.get(path);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers().get("content-type")).isEqualTo("application/problem+json");
        assertThat(new JsonObject(answer.body()).getString("detail")).contains(detail);
    }

    @Test
    void ring_ofManyPositions_comesWhole() {
        world.ring.positions = LARGE;

        JsonArray positions = json("/v1/ring").getJsonArray("positions");

        assertThat(positions).hasSize(LARGE);
        assertThat(positions.getJsonObject(LARGE - 1).getString("id"))
                .isEqualTo(FixedRing.id(LARGE).toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, LARGE})
    void head_ofTheRing_hasNoBody(int positions) throws IOException {
        world.ring.positions = positions;
        try (Socket socket = world.connect()) {
            socket.getOutputStream()
                    .write(
                            "HEAD /v1/ring HTTP/1.1\r\nHost: localhost\r\n\r\nHEAD /v1/ring HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                                    .getBytes(US_ASCII));
            String answers = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            assertThat(answers).doesNotContain("positions").containsPattern("(?s)HTTP/1.1 200 OK.*HTTP/1.1 200 OK");
        }
    }

    @Test
    void readers_ofLargeAnswersThatStandStill_areBoundedAndLetOthersInWhenTheyGo() throws IOException {
        world.ring.positions = LARGE;
        List<Socket> stalled = new ArrayList<>();
        for (int i = 0; i < LargeAnswers.OPEN_MAX; i++) {
            Socket socket = world.connectWithSmallBuffer();
            stalled.add(socket);
            socket.getOutputStream().write("GET /v1/ring HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }

        Answer refused = world.get("/v1/ring");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body()).contains("large answers are being sent");
        assertThat(world.get("/v1/ring?node=" + ONE).status()).isEqualTo(200);

        stalled.get(0).close();
        world.until(() -> world.get("/v1/ring").status() == 200);
        for (Socket socket : stalled) {
            socket.close();
        }
    }

    @Test
    void reader_ofALargeAnswerThatStandsStillForTooLong_isCutOff() throws IOException {
        try (AdminWorld hurried = new AdminWorld(new AdminServer.Times(60_000, 20_000, 15_000, 30_000, 300))) {
            hurried.start();
            hurried.ring.positions = LARGE;
            try (Socket socket = hurried.connectWithSmallBuffer()) {
                socket.getOutputStream().write("GET /v1/ring HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
                assertThat(socket.getInputStream().read()).isEqualTo('H');
                hurried.until(() -> hurried.openAnswers() == 0);
            }
        }
    }
}
