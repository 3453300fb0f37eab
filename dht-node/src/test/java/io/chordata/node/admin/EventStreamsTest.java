package io.chordata.node.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.Uint128;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.runtime.SystemClock;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamsTest {
    private static final AdminServer.Times TIMES = new AdminServer.Times(60_000, 20_000, 200, 600, 60_000);
    private static final int MORE_THAN_BUFFERS_TAKE = 60_000;
    private static final long TIME = 1_790_000_000_000L;

    private final AdminWorld world = new AdminWorld(TIMES);

    @BeforeEach
    void start() {
        world.start();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    /** A client that reads events from a bare socket, so that what it reads is what was sent. */
    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader reader;
        private int comments;

        private record Event(String id, String type, JsonObject data) {}

        Client(Socket socket, @Nullable String lastId, String query) throws IOException {
            this.socket = socket;
            String resume = lastId == null ? "" : "Last-Event-ID: " + lastId + "\r\n";
            socket.getOutputStream()
                    .write(("GET /v1/events" + query + " HTTP/1.1\r\nHost: localhost\r\n" + resume + "\r\n")
                            .getBytes(UTF_8));
            reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        }

        int status() throws IOException {
            return Integer.parseInt(line().split(" ", -1)[1]);
        }

        private String line() throws IOException {
            String line = reader.readLine();
            if (line == null) {
                throw new IOException("the stream has ended");
            }
            return line;
        }

        /** The fields up to the next blank line; chunk sizes are no fields. */
        private List<String> block() throws IOException {
            List<String> fields = new ArrayList<>();
            while (true) {
                String line = line();
                if (line.isEmpty() && !fields.isEmpty()) {
                    return fields;
                }
                if (line.equals(":")) {
                    comments++;
                } else if (line.matches("(id|event|data|retry): .*")) {
                    fields.add(line);
                }
            }
        }

        Event event() throws IOException {
            List<String> fields = block();
            while (fields.size() < 3) {
                fields = block();
            }
            assertThat(fields).hasSize(3);
            return new Event(
                    fields.get(0).substring("id: ".length()),
                    fields.get(1).substring("event: ".length()),
                    new JsonObject(fields.get(2).substring("data: ".length())));
        }

        /** Of the place in the log where the stream begins. */
        String firstId() throws IOException {
            List<String> fields = block();
            while (!fields.get(0).startsWith("id: ")) {
                fields = block();
            }
            return fields.get(0).substring("id: ".length());
        }

        void awaitEnd() throws IOException {
            while (reader.readLine() != null) {
                // what was still under way
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private Client client(@Nullable String lastId) throws IOException {
        return new Client(world.connect(), lastId, "");
    }

    private void tell(int from, int to) {
        for (int version = from; version <= to; version++) {
            world.events.view(TIME, version);
        }
    }

    @Test
    void events_asTheyHappen_comeAsDesigned() throws IOException {
        try (Client client = client(null)) {
            assertThat(client.status()).isEqualTo(200);
            String first = client.firstId();
            world.events.node(TIME, NodeState.SUSPECT, AdminFixtures.node(2), false);
            world.events.node(TIME, NodeState.DOWN, AdminFixtures.node(1), true);
            world.events.view(TIME, 8);
            world.events.pointers(TIME, AdminFixtures.id(1), List.of(FixedRing.id(1)));
            world.events.phase(TIME, AdminFixtures.id(1), NodeState.JOINING);
            world.events.warning(TIME, "the directory is full");

            Client.Event suspect = client.event();
            assertThat(suspect.id()).isNotEqualTo(first);
            assertIs(suspect, "node", """
                    {"time":1790000000000,"change":"suspect","node":"00000000000000070000000000000002","name":"node-2",
                     "state":"suspect"}""");
            assertIs(client.event(), "node", """
                    {"time":1790000000000,"change":"down","node":"00000000000000070000000000000001","name":"node-1",
                     "state":"forgotten"}""");
            assertIs(client.event(), "ring", """
                    {"time":1790000000000,"change":"view","version":8}""");
            assertIs(client.event(), "ring", """
                    {"time":1790000000000,"change":"pointers","node":"00000000000000070000000000000001",
                     "positions":["00000000000000000000000000000001"]}""");
            assertIs(client.event(), "ring", """
                    {"time":1790000000000,"change":"phase","node":"00000000000000070000000000000001","phase":"joining"}""");
            assertIs(client.event(), "warning", """
                    {"time":1790000000000,"about":"ring","detail":"the directory is full"}""");
        }
    }

    private static void assertIs(Client.Event event, String type, String data) {
        assertThat(event.type()).isEqualTo(type);
        assertThat(event.data()).isEqualTo(new JsonObject(data));
    }

    @Test
    void client_thatComesBack_goesOnWhereItWas() throws IOException {
        tell(1, 5);
        String last;
        try (Client client = client(null)) {
            client.firstId();
            tell(6, 7);
            last = client.event().id();
        }
        tell(8, 9);

        try (Client again = client(last)) {
            for (int version = 7; version <= 9; version++) {
                assertThat(again.event().data().getInteger("version")).isEqualTo(version);
            }
        }
    }

    @Test
    void client_thatIsNew_hearsOnlyWhatIsNew() throws IOException {
        tell(1, 5);
        try (Client client = client(null)) {
            client.firstId();
            tell(6, 6);
            assertThat(client.event().data().getInteger("version")).isEqualTo(6);
        }
    }

    /** Before its first event, too, a client has an id to come back with. */
    @Test
    void client_thatAsksForThePast_hearsWhatIsKept() throws IOException {
        tell(1, EventLog.KEPT_MAX + 5);
        try (Client newcomer = new Client(world.connect(), null, "?past")) {
            assertThat(newcomer.event().data().getLong("version")).isEqualTo(6);
            for (int version = 7; version <= EventLog.KEPT_MAX + 5; version++) {
                assertThat(newcomer.event().data().getLong("version")).isEqualTo(version);
            }
            tell(7_777, 7_777);
            assertThat(newcomer.event().data().getLong("version")).isEqualTo(7_777);
        }
    }

    @Test
    void client_thatHeardNothingYet_missesNothing() throws IOException {
        tell(1, 5);
        String first;
        try (Client client = client(null)) {
            first = client.firstId();
        }
        tell(6, 6);
        try (Client again = client(first)) {
            assertThat(again.event().data().getInteger("version")).isEqualTo(6);
        }
    }

    @Test
    void client_thatWasAwayForTooLong_isToldHowMuchItMissed() throws IOException {
        tell(1, 1);
        String first;
        try (Client client = client(null)) {
            first = client.firstId();
        }
        tell(2, EventLog.KEPT_MAX + 11);

        try (Client again = client(first)) {
            Client.Event missed = again.event();
            assertThat(missed.type()).isEqualTo("warning");
            assertThat(missed.data().getString("about")).isEqualTo("missed");
            assertThat(missed.data().getInteger("missed")).isEqualTo(10);
            assertThat(again.event().data().getInteger("version")).isEqualTo(12);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0123456789abcdef-3",
                "0000000000abcdef-99",
                "0000000000abcdef-",
                "nonsense",
                "0000000000abcdef-x"
            })
    void client_ofAnotherNodeOrStart_isToldThatNobodyKnowsWhatItMissed(String id) throws IOException {
        tell(1, 5);
        try (Client client = client(id)) {
            Client.Event missed = client.event();
            assertThat(missed.data().getString("about")).isEqualTo("missed");
            assertThat(missed.data().containsKey("missed")).isTrue();
            assertThat(missed.data().getInteger("missed")).isNull();
            world.until(() -> openStreams() == 1);
            tell(6, 6);
            assertThat(client.event().data().getInteger("version")).isEqualTo(6);
        }
    }

    @Test
    void log_ofAnotherStart_hasOtherIds() {
        EventLog other = new EventLog(new Uint128(1, 5), new SystemClock());
        other.view(TIME, 1);

        assertThat(world.events.numberOf(other.id(0))).isNull();
        assertThat(world.events.numberOf(world.events.id(0))).isZero();
    }

    @Test
    void stream_onWhichNothingHappens_isKeptAliveBeyondTheIdleTime() throws IOException {
        AdminServer.Times idle = new AdminServer.Times(1_500, 20_000, 200, 600, 60_000);
        try (AdminWorld impatient = new AdminWorld(idle)) {
            impatient.start();
            try (Client client = new Client(impatient.connect(), null, "")) {
                long begin = System.nanoTime();
                client.firstId();
                while (System.nanoTime() - begin < TimeUnit.MILLISECONDS.toNanos(2 * idle.idleMillis())) {
                    assertThat(client.line()).isNotNull();
                }
                impatient.events.view(TIME, 1);
                assertThat(client.event().data().getInteger("version")).isEqualTo(1);
                assertThat(client.comments).isPositive();
            }
        }
    }

    @Test
    void client_thatDoesNotRead_isCutOffAndHoldsNothingUp() throws IOException {
        try (Client slow = new Client(world.connectWithSmallBuffer(), null, "");
                Client quick = client(null)) {
            slow.firstId();
            quick.firstId();
            tellAtThePaceOf(quick, world.events, MORE_THAN_BUFFERS_TAKE);
            world.until(() -> openStreams() == 1);
            slow.awaitEnd();
        } catch (SocketException e) {
            assertThat(e).as("the slow client was reset").hasMessageContaining("reset");
        }
    }

    private int openStreams() {
        return world.openStreams();
    }

    @Test
    void listeners_beyondTheLimit_areRefusedUntilOneGoes() throws IOException {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < EventStreams.STREAMS_MAX; i++) {
            Client client = client(null);
            clients.add(client);
            assertThat(client.status()).isEqualTo(200);
        }
        try (Client refused = client(null)) {
            assertThat(refused.status()).isEqualTo(503);
        }

        clients.get(0).close();
        world.until(() -> openStreams() == EventStreams.STREAMS_MAX - 1);
        try (Client next = client(null)) {
            assertThat(next.status()).isEqualTo(200);
        }
        for (Client client : clients) {
            client.close();
        }
    }

    @Test
    void head_ofTheStream_ends() throws IOException {
        try (Socket socket = world.connect()) {
            socket.getOutputStream()
                    .write("HEAD /v1/events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 200")
                    .contains("text/event-stream");
        }
    }

    @Test
    void server_thatStops_endsItsStreams() throws IOException {
        try (Client client = client(null)) {
            client.firstId();
            world.stop();
            client.awaitEnd();
        }
    }

    @Test
    void server_thatStops_doesNotWaitForAClientThatDoesNotRead() throws IOException {
        try (AdminWorld patient = new AdminWorld()) {
            patient.start();
            try (Client slow = new Client(patient.connectWithSmallBuffer(), null, "");
                    Client quick = new Client(patient.connect(), null, "")) {
                slow.firstId();
                quick.firstId();
                tellAtThePaceOf(quick, patient.events, MORE_THAN_BUFFERS_TAKE);
                assertThat(patient.openStreams()).isEqualTo(2);
                patient.stop();
                patient.until(() -> patient.openStreams() == 0);
            }
        }
    }

    /** So that a client that reads at all never falls behind. */
    private static void tellAtThePaceOf(Client quick, EventLog events, int upTo) throws IOException {
        for (int version = 1; version <= upTo; version++) {
            events.view(TIME, version);
            if (version % 500 == 0) {
                while (quick.event().data().getInteger("version") < version) {
                    // up to this one
                }
            }
        }
    }
}
