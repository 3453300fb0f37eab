package io.chordata.client.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.client.admin.AdminEvent.LeaderChanged;
import io.chordata.client.admin.AdminEvent.NodeChanged;
import io.chordata.client.admin.AdminEvent.OperationTraffic;
import io.chordata.client.admin.AdminEvent.Other;
import io.chordata.client.admin.AdminEvent.PartitionMoved;
import io.chordata.client.admin.AdminEvent.Repaired;
import io.chordata.client.admin.AdminEvent.RingChanged;
import io.chordata.client.admin.AdminEvent.Traffic;
import io.chordata.client.admin.AdminEvent.Warning;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventParserTest {
    private static final String STREAM = """
        retry: 1500

        id: r-4

        : a comment
        id: r-5
        event: node
        data: {"time":1,"change":"alive_again","node":"a","name":"n\u00e9","state":"alive"}

        id: r-6
        event: ring
        data: {"time":2,"change":"view","version":9}

        id: r-7
        event: leader
        data: {"time":3,"partition":4,"node":null,"term":5}

        id: r-8
        event: move
        data: {"time":4,"partition":4,"voters":["a"],"learners":["b"],"state":"moving"}

        id: r-9
        event: repair
        data: {"time":5,"node":"a","blocks":2,"bytes":3}

        id: r-10
        event: traffic
        data: {"time":6,"node":"a","requests":7,"failed":1,"bytesReceived":2,"bytesSent":3,
        data: "operations":[{"name":"GetObject","requests":7,"p50Micros":800,"p99Micros":9000}]}

        id: r-11
        event: warning
        data: {"time":7,"about":"missed",
        data: "detail":"3 events","missed":3}

        id: r-12
        event: later
        data: {"time":8}

        """;
    private static final List<AdminEvent> EVENTS = List.of(
            new NodeChanged("r-5", 1, "alive_again", "a", "n\u00e9", "alive"),
            new RingChanged("r-6", 2, "view", null),
            new LeaderChanged("r-7", 3, 4, null, 5),
            new PartitionMoved("r-8", 4, 4, List.of("a"), List.of("b"), Partition.State.MOVING),
            new Repaired("r-9", 5, "a", 2, 3),
            new Traffic("r-10", 6, "a", 7, 1, 2, 3, List.of(new OperationTraffic("GetObject", 7, 800, 9_000))),
            new Warning("r-11", 7, "missed", "3 events"),
            new Other("r-12", 8, "later", "{\"time\":8}"));

    @Test
    void stream_cutAnywhere_hasTheSameEvents() {
        for (String text : List.of(STREAM, STREAM.replace("\n", "\r\n"))) {
            Buffer whole = Buffer.buffer(text);
            for (int size = 1; size <= whole.length(); size = size * 2 + 1) {
                EventParser parser = new EventParser();
                List<AdminEvent> events = new ArrayList<>();
                for (int at = 0; at < whole.length(); at += size) {
                    events.addAll(parser.feed(whole.getBuffer(at, Math.min(whole.length(), at + size))));
                }
                assertThat(events).isEqualTo(EVENTS);
                assertThat(parser.lastId()).isEqualTo("r-12");
                assertThat(parser.retryMillis()).isEqualTo(1_500);
            }
        }
    }

    @Test
    void id_alone_tellsWhereTheClientStands() {
        EventParser parser = new EventParser();
        assertThat(parser.feed(Buffer.buffer("id: r-4\n"))).isEmpty();
        assertThat(parser.lastId()).isNull();
        assertThat(parser.feed(Buffer.buffer("\n"))).isEmpty();
        assertThat(parser.lastId()).isEqualTo("r-4");
    }

    @Test
    void line_withoutEnd_isNotKept() {
        EventParser parser = new EventParser();
        Buffer piece = Buffer.buffer("x".repeat(1 << 19));
        parser.feed(piece);
        parser.feed(piece);
        assertThatThrownBy(() -> parser.feed(piece)).isInstanceOf(AdminException.class);
    }

    @Test
    void event_ofANewerRelease_needsNoTime() {
        assertThat(new EventParser().feed(Buffer.buffer("id: 1\nevent: later\ndata: {}\n\n")))
                .containsExactly(new Other("1", 0, "later", "{}"));
    }

    @Test
    void data_withoutEnd_areNotKept() {
        EventParser parser = new EventParser();
        Buffer line = Buffer.buffer("data: " + "x".repeat(1 << 19) + "\n");
        parser.feed(line);
        parser.feed(line);
        assertThatThrownBy(() -> parser.feed(line)).isInstanceOf(AdminException.class);
    }

    @Test
    void data_thatAreNone_areRefused() {
        assertThatThrownBy(() -> new EventParser().feed(Buffer.buffer("id: 1\nevent: leader\ndata: {}\n\n")))
                .isInstanceOf(AdminException.class);
    }
}
