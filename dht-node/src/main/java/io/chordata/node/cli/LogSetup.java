package io.chordata.node.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.chordata.node.config.OptionCatalogue.LogLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs to standard error, a line for each event: time, level and logger as keys like those of the message. Line breaks
 * within a message become blanks, so that nobody can write a second line through a name; stack traces are folded into the
 * line of their event. In code rather than in XML, because reading that takes a noticeable part of the start.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
    private static final String TRACE_IN_ONE_LINE =
            "%replace(%replace(%replace(%rootException{20}){'\\s+$',''}){'\\s*[\\r\\n]+\\s*',' | '}){'^(?=.)',' trace='}"
                    + "%nopexception";
    private static final String PATTERN = "time=%date{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} level=%level logger=%logger{0} "
            + "%replace(%msg){'[\\r\\n]+',' '}" + TRACE_IN_ONE_LINE + "%n";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(appender);
        context.getLogger("io.netty").setLevel(Level.WARN);
        context.getLogger("io.vertx").setLevel(Level.WARN);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    static void level(LogLevel level) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.getLogger("io.chordata").setLevel(Level.valueOf(level.name()));
    }
}
