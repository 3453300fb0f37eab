package io.chordata.node.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of JSON for each event of the log. What a message names as {@code key=value} is a field of that name, read off its
 * pattern, so that no value can pass for another field; numbers and truth values stay what they are. The whole message is there,
 * too, and a stack trace as one text.
 */
final class JsonLines extends EncoderBase<ILoggingEvent> {
    private static final byte[] NOTHING = {};
    private static final String PLACE = "{}";
    private static final int TRACE_CHARS_MAX = 16_384;

    /** A key, then a place, a quoted text or a word; or a place without a key. */
    private static final Pattern PART =
            Pattern.compile("(\\w+)=(?:\"\\{}\"|(\\{})|\"([^\"{}]*)\"|([^\\s\"{}]+)(?=\\s|$))|\\{}");

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", Instant.ofEpochMilli(event.getTimeStamp()).toString());
        line.put("level", event.getLevel().toString());
        line.put("logger", event.getLoggerName().substring(event.getLoggerName().lastIndexOf('.') + 1));
        addFields(line, String.valueOf(event.getMessage()), event.getArgumentArray());
        line.put("message", event.getFormattedMessage());
        IThrowableProxy trace = event.getThrowableProxy();
        if (trace != null) {
            String text = ThrowableProxyUtil.asString(trace);
            line.put("trace", text.substring(0, Math.min(text.length(), TRACE_CHARS_MAX)));
        }
        return (new JsonObject(line).encode() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void addFields(Map<String, Object> line, String pattern, Object[] arguments) {
        Matcher part = PART.matcher(pattern);
        int place = 0;
        while (part.find()) {
            boolean isPlace = part.group().contains(PLACE);
            String key = part.group(1);
            if (key != null && (!isPlace || (arguments != null && place < arguments.length))) {
                String literal = part.group(3) != null ? part.group(3) : part.group(4);
                line.putIfAbsent(key, isPlace ? plain(arguments[place]) : String.valueOf(literal));
            }
            place += isPlace ? 1 : 0;
        }
    }

    private static Object plain(Object argument) {
        return argument instanceof Number || argument instanceof Boolean ? argument : String.valueOf(argument);
    }
}
