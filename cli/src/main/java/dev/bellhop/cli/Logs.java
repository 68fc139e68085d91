package dev.bellhop.cli;

import java.util.Locale;
import java.util.Objects;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import org.slf4j.LoggerFactory;

/// Applies the log options. Logback reads `logback.xml`, which takes format and level from system properties; since a
/// logger may exist before the options have been parsed, it reads the file again when one of them changes.
final class Logs {
    private static final String FORMAT = "bellhop.log.format";
    private static final String LEVEL = "bellhop.log.level";

    private Logs() {}

    /// How a log line looks: for people, or one JSON object.
    enum Format {
        text, json
    }

    /// The levels of `dev.bellhop`; everything else logs warnings and errors.
    enum Level {
        error, warn, info, debug, trace
    }

    static void format(Format format) {
        set(FORMAT, format.name(), "text");
    }

    static void level(Level level) {
        set(LEVEL, level.name().toUpperCase(Locale.ROOT), "INFO");
    }

    private static void set(String property, String value, String byDefault) {
        if (value.equals(Objects.requireNonNullElse(System.getProperty(property), byDefault))) {
            return;
        }
        System.setProperty(property, value);
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        var configurator = new JoranConfigurator();
        configurator.setContext(context);
        context.reset();
        try {
            configurator.doConfigure(Objects.requireNonNull(Logs.class.getResource("/logback.xml"), "/logback.xml"));
        } catch (JoranException e) {
            throw new IllegalStateException("logback.xml of this jar does not configure Logback", e);
        }
    }
}
