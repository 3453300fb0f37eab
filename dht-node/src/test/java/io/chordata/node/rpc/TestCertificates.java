package io.chordata.node.rpc;

import io.chordata.node.tls.CertificateAuthority;
import io.chordata.node.tls.CertificateAuthority.Life;
import io.chordata.node.tls.Issued;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** An authority and the certificates that it signs, as PEM files in a folder. */
public final class TestCertificates {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Path folder;
    private final CertificateAuthority authority;

    public TestCertificates(Path folder) {
        this.folder = folder;
        this.authority = CertificateAuthority.create("authority", now());
        write("authority.pem", authority.own().certificatePem());
    }

    /** A life that has begun and lasts. */
    public static Life now() {
        Instant now = Instant.now();
        return new Life(now.minus(HOUR), now.plus(HOUR));
    }

    /** A life that has ended. */
    public static Life past() {
        Instant now = Instant.now();
        return new Life(now.minus(HOUR.multipliedBy(2)), now.minus(HOUR));
    }

    /** A node's certificate under this authority. */
    public RpcTlsOptions issue(String name) {
        return issue(name, List.of(RpcTlsOptions.DEFAULT_NAME), now());
    }

    public RpcTlsOptions issue(String name, List<String> hosts, Life life) {
        Issued issued = authority.issue(name, hosts, life);
        write(name + ".pem", issued.certificatePem());
        write(name + ".key", issued.keyPem());
        return new RpcTlsOptions(
                file(name + ".pem").toString(),
                file(name + ".key").toString(),
                file("authority.pem").toString(),
                RpcTlsOptions.DEFAULT_NAME);
    }

    public Path file(String name) {
        return folder.resolve(name);
    }

    private void write(String name, String text) {
        try {
            Files.writeString(file(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
