package io.chordata.node.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/** Reads names and values from a file, YAML ({@code .yaml}, {@code .yml}) or {@code .properties}, one level deep. */
final class ConfigFile {
    private static final long MAX_BYTES = 1 << 20;

    private ConfigFile() {}

    static Map<String, String> read(Path file) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            return yaml(file, content(file));
        }
        if (name.endsWith(".properties")) {
            return properties(file, content(file));
        }
        throw new ConfigException(
                "cannot tell the format of " + file + ": name it with the ending .yaml, .yml or .properties");
    }

    private static String content(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ConfigException(
                        file + " is larger than " + new DataSize(MAX_BYTES) + ": not a configuration");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new ConfigException("cannot read " + file + " as UTF-8 text: " + e);
        }
    }

    private static Map<String, String> properties(Path file, String content) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(content));
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigException(file + " is no properties file: " + e.getMessage());
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : new TreeSet<>(properties.stringPropertyNames())) {
            values.put(name, properties.getProperty(name, ""));
        }
        return values;
    }

    private static Map<String, String> yaml(Path file, String content) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file.toString())
                .setSchema(new FailsafeSchema())
                .build();
        try {
            Object document = new Load(settings).loadFromString(content);
            return document == null ? Map.of() : entries(file, document);
        } catch (YamlEngineException e) {
            throw new ConfigException(file + " is no YAML: " + e.getMessage());
        }
    }

    private static Map<String, String> entries(Path file, Object document) {
        if (!(document instanceof Map<?, ?> map)) {
            throw new ConfigException(file + ": expected lines of the form 'name: value'");
        }
        Map<String, String> values = new LinkedHashMap<>();
        map.forEach((name, value) -> values.put(String.valueOf(name), scalar(file, String.valueOf(name), value)));
        return values;
    }

    private static String scalar(Path file, String name, @Nullable Object value) {
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
        if (value instanceof String text) {
            return text;
        }
        throw new ConfigException(
                file + ": '" + name + "' must have a value, or a list of values, and nothing below it");
    }
}
