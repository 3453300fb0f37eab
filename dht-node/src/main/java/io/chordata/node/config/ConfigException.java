package io.chordata.node.config;

/** A setting that cannot be used. The message names it, where it came from, its value unless secret, and what to do. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ConfigException(String message) {
        super(message, null, false, false);
    }
}
