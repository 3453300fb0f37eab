package io.chordata.node.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.chordata.node.config.OptionCatalogue;
import io.chordata.node.config.OptionCatalogue.LogFormat;
import io.chordata.node.config.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs to standard error, a line for each event, as JSON if that is wanted ({@link JsonLines}), or as text: time, level and logger as keys like those of the message. Line breaks
 * within a message become blanks, so that nobody can write a second line through a name; stack traces are folded into the
 * line of their event. In code rather than in XML, because reading that takes a noticeable part of the start.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
    private static final String APPENDER = "stderr";
    private static final String TRACE_IN_ONE_LINE =
            "%replace(%replace(%replace(%rootException{20}){'\\s+$',''}){'\\s*[\\r\\n]+\\s*',' | '}){'^(?=.)',' trace='}"
                    + "%nopexception";
    private static final String PATTERN = "time=%date{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} level=%level logger=%logger{0} "
            + "%replace(%msg){'[\\r\\n]+',' '}" + TRACE_IN_ONE_LINE + "%n";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(appender(context, text(context)));
        context.getLogger("io.netty").setLevel(Level.WARN);
        context.getLogger("io.vertx").setLevel(Level.WARN);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static Encoder<ILoggingEvent> text(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> json(LoggerContext context) {
        JsonLines encoder = new JsonLines();
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }

    private static Appender<ILoggingEvent> appender(LoggerContext context, Encoder<ILoggingEvent> encoder) {
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setName(APPENDER);
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }

    /** As the options say, from now on. */
    static void apply(Settings settings) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.getLogger("io.chordata")
                .setLevel(Level.valueOf(settings.get(OptionCatalogue.LOG_LEVEL).name()));
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        if (settings.get(OptionCatalogue.LOG_FORMAT) == LogFormat.JSON) {
            root.detachAppender(APPENDER);
            root.addAppender(appender(context, json(context)));
        }
    }
}
