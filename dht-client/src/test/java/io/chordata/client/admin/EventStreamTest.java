package io.chordata.client.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chordata.client.admin.AdminException.Kind;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EventStreamTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<String> lastIds = new CopyOnWriteArrayList<>();
    private Vertx vertx;
    private AdminPort port;

    @BeforeEach
    void listen() {
        vertx = Vertx.vertx();
        port = new AdminPort(vertx);
    }

    @AfterEach
    void close() {
        port.close();
        vertx.close().await();
    }

    private BlockingAdminClient client(URI... nodes) {
        return BlockingAdminClient.open(AdminOptions.of(List.of(nodes), null));
    }

    /** Two events each time, then the connection ends. */
    private void twoEvents(HttpServerRequest request) {
        String lastId = String.valueOf(request.getHeader("Last-Event-ID"));
        lastIds.add(lastId);
        int next = lastId.equals("null") ? 1 : Integer.parseInt(lastId.substring(2)) + 1;
        request.response()
                .setChunked(true)
                .end("retry: 10\n\n" + event(next) + event(next + 1))
                .onComplete(ended -> request.connection().close());
    }

    private static String event(int number) {
        return "id: r-" + number + "\nevent: repair\ndata: {\"time\":" + number
                + ",\"node\":\"a\",\"blocks\":1,\"bytes\":2}\n\n";
    }

    private static String nextId(EventReader events) throws InterruptedException {
        AdminEvent next = events.next(PATIENCE);
        return next == null ? "none in time" : next.id();
    }

    @Test
    void stream_whoseConnectionEnds_goesOnBehindItsLastEvent() throws InterruptedException {
        port.answers(this::twoEvents);
        try (BlockingAdminClient client = client(port.uri());
                EventReader events = client.events(EventStart.now())) {
            for (int number = 1; number <= 6; number++) {
                assertThat(nextId(events)).isEqualTo("r-" + number);
            }
        }
        assertThat(lastIds).startsWith("null", "r-2", "r-4");
        assertThat(port.asked().get(0)).isEqualTo("GET /v1/events");
    }

    @Test
    void stream_fromAnEvent_saysWhich() throws InterruptedException {
        port.answers(this::twoEvents);
        try (BlockingAdminClient client = client(port.uri());
                EventReader events = client.events(EventStart.after("r-7"))) {
            assertThat(nextId(events)).isEqualTo("r-8");
        }
    }

    @Test
    void stream_fromTheOldest_asksForThePast() throws InterruptedException {
        port.answers(this::twoEvents);
        try (BlockingAdminClient client = client(port.uri());
                EventReader events = client.events(EventStart.oldest())) {
            assertThat(nextId(events)).isEqualTo("r-1");
        }
        assertThat(port.asked().get(0)).isEqualTo("GET /v1/events?past");
    }

    @Test
    void stream_whoseNodeIsGone_goesToTheNext() throws InterruptedException {
        AdminPort gone = new AdminPort(vertx);
        URI uri = gone.uri();
        gone.close();
        port.answers(this::twoEvents);
        try (BlockingAdminClient client = client(uri, port.uri());
                EventReader events = client.events(EventStart.now())) {
            assertThat(nextId(events)).isEqualTo("r-1");
        }
    }

    @Test
    void stream_thatIsRefused_endsWithTheReason() {
        port.answers(401, "{\"title\":\"Sign-in needed\",\"detail\":\"sign it\"}");
        try (BlockingAdminClient client = client(port.uri());
                EventReader events = client.events(EventStart.now())) {
            AdminException refusal = catchThrowableOfType(AdminException.class, () -> events.next(PATIENCE));
            assertThat(refusal.kind()).isEqualTo(Kind.NOT_SIGNED_IN);
        }
    }

    @Test
    void events_thatNobodyTakes_areNotRead() throws InterruptedException {
        port.answers(this::twoEvents);
        try (BlockingAdminClient client = client(port.uri());
                EventReader events = client.events(EventStart.now())) {
            assertThat(nextId(events)).isEqualTo("r-1");
            assertThat(lastIds).hasSize(1);
            assertThat(nextId(events)).isEqualTo("r-2");
            assertThat(nextId(events)).isEqualTo("r-3");
        }
    }
}
