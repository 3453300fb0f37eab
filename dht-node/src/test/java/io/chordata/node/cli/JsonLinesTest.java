package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
    private static String line(String pattern, @Nullable Throwable trace, Object... arguments) {
        LoggingEvent event = new LoggingEvent(
                "",
                new LoggerContext().getLogger("io.chordata.node.s3.Exchange"),
                Level.WARN,
                pattern,
                trace,
                arguments);
        event.setTimeStamp(1_700_000_000_123L);
        return new String(new JsonLines().encode(event), StandardCharsets.UTF_8);
    }

    private static JsonObject read(String pattern, Object... arguments) {
        return new JsonObject(line(pattern, null, arguments));
    }

    @Test
    void event_ofKeysAndValues_hasThemAsFields() {
        JsonObject line =
                read("event=answered request={} status={} cut={} reason=\"{}\"", "0A1B", 503, true, "no leader");

        assertThat(line.getMap())
                .containsEntry("time", "2023-11-14T22:13:20.123Z")
                .containsEntry("level", "WARN")
                .containsEntry("logger", "Exchange")
                .containsEntry("event", "answered")
                .containsEntry("request", "0A1B")
                .containsEntry("status", 503)
                .containsEntry("cut", true)
                .containsEntry("reason", "no leader")
                .containsEntry("message", "event=answered request=0A1B status=503 cut=true reason=\"no leader\"");
    }

    @Test
    void value_thatLooksLikeFieldsOrLines_staysOneValue() {
        String hostile = "x\" level=\"ERROR\"\nevent=forged {}\u2028";
        JsonObject line = read("event=named name={} size={}", hostile, 7);

        assertThat(line.getString("name")).isEqualTo(hostile);
        assertThat(line.getString("event")).isEqualTo("named");
        assertThat(line.getString("level")).isEqualTo("WARN");
        assertThat(line.getInteger("size")).isEqualTo(7);
        assertThat(line("event=named name={}", null, hostile)).hasLineCount(1);
    }

    @Test
    void message_withPlacesThatHaveNoKey_keepsTheOthersInPlace() {
        JsonObject line = read("connection {} {} ended: {}; count={} hint=\"to found, start\"", "to", "a:1", "gone", 3);

        assertThat(line.getInteger("count")).isEqualTo(3);
        assertThat(line.getString("hint")).isEqualTo("to found, start");
        assertThat(line.getString("message")).startsWith("connection to a:1 ended: gone");
    }

    @Test
    void key_ofTheLineItself_isNotReplaced() {
        assertThat(read("level={} time={}", "fake", "fake").getString("level")).isEqualTo("WARN");
    }

    @Test
    void failure_withAStackTrace_isOneLine() {
        String line = line("event=failed", new IllegalStateException("why\nnot"));

        assertThat(line).hasLineCount(1).endsWith("\n");
        assertThat(new JsonObject(line).getString("trace")).contains("IllegalStateException: why", "JsonLinesTest");
    }
}
