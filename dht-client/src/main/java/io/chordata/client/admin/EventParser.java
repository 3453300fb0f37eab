package io.chordata.client.admin;

import io.chordata.client.admin.AdminException.Kind;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads server-sent events (WHATWG HTML 9.2.6) out of pieces that are cut anywhere. */
final class EventParser {
    private static final int LINE_BYTES_MAX = 1 << 20;

    private Buffer rest = Buffer.buffer();
    private String id = "";
    private String type = "";
    private StringBuilder data = new StringBuilder();
    private @Nullable String lastId;
    private @Nullable Integer retryMillis;

    /** The events that are whole with this piece. */
    List<AdminEvent> feed(Buffer piece) {
        Buffer text = rest.appendBuffer(piece);
        List<AdminEvent> events = new ArrayList<>();
        int start = 0;
        for (int end = start; end < text.length(); end++) {
            if (text.getByte(end) == '\n') {
                int to = end > start && text.getByte(end - 1) == '\r' ? end - 1 : end;
                line(text.getString(start, to), events);
                start = end + 1;
            }
        }
        rest = text.getBuffer(start, text.length());
        if (rest.length() > LINE_BYTES_MAX) {
            throw new AdminException(Kind.NOT_UNDERSTOOD, "an event is longer than " + LINE_BYTES_MAX + " bytes");
        }
        return events;
    }

    private void line(String line, List<AdminEvent> events) {
        if (line.isEmpty()) {
            end(events);
            return;
        }
        int colon = line.indexOf(':');
        String name = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1);
        value = value.startsWith(" ") ? value.substring(1) : value;
        switch (name) {
            case "id" -> id = value;
            case "event" -> type = value;
            case "data" -> append(value);
            case "retry" -> retryMillis = value.matches("[0-9]{1,6}") ? Integer.valueOf(value) : retryMillis;
            default -> {
                // a comment, or a field that nobody knows
            }
        }
    }

    private void append(String value) {
        if (data.length() + value.length() > LINE_BYTES_MAX) {
            throw new AdminException(Kind.NOT_UNDERSTOOD, "an event is longer than " + LINE_BYTES_MAX + " bytes");
        }
        data.append(data.isEmpty() ? "" : "\n").append(value);
    }

    /** An id alone tells where the client stands. */
    private void end(List<AdminEvent> events) {
        lastId = id.isEmpty() ? lastId : id;
        if (!data.isEmpty()) {
            events.add(AdminEvent.of(id, type, data.toString()));
        }
        type = "";
        data = new StringBuilder();
    }

    /** Of the last event that ended; null before the first. */
    @Nullable
    String lastId() {
        return lastId;
    }

    /** How long the node wants clients to wait before they come back; null where it did not say. */
    @Nullable
    Integer retryMillis() {
        return retryMillis;
    }
}
