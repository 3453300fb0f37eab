package io.chordata.node.config;

import io.chordata.node.tls.TlsOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Certificates of the ports for clients and operators.
 *
 * @param s3 null: plain HTTP
 * @param admin null: plain HTTP
 * @param check how often the files of all ports, also of the internal one, are looked at for newer ones
 */
public record TlsConfig(@Nullable TlsOptions s3, @Nullable TlsOptions admin, Duration check) {}
