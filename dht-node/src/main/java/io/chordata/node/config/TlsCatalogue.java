package io.chordata.node.config;

import static io.chordata.node.config.Option.duration;

import io.chordata.node.tls.TlsOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The options of TLS at the ports for clients and operators; those between nodes stand with the internal port's. */
final class TlsCatalogue {
    private static final long CHECK_MILLIS = 10_000;

    static final Option<Path> S3_CERTIFICATE = Option.optional(
            "s3Certificate", OptionType.PATH, "Certificate chain (PEM): S3 is served by HTTPS alone. Needs s3Key.");
    static final Option<Path> S3_KEY =
            Option.optional("s3Key", OptionType.PATH, "Its private key (PEM, PKCS #8, without a password).");
    static final Option<Path> ADMIN_CERTIFICATE = Option.optional(
            "adminCertificate", OptionType.PATH, "Likewise for console, health and metrics. Needs adminKey.");
    static final Option<Path> ADMIN_KEY = Option.optional("adminKey", OptionType.PATH, "Its private key.");
    static final Option<Path> ADMIN_AUTHORITY = Option.optional(
            "adminAuthority",
            OptionType.PATH,
            "For commands that ask a node: ask by HTTPS, and trust certificates signed by those in this file (PEM).");
    static final Option<Duration> CHECK = duration(
            "certificateCheck", CHECK_MILLIS, "How often certificate files, of all ports, are looked at for new ones.");

    static final List<Option<?>> ALL =
            List.of(S3_CERTIFICATE, S3_KEY, ADMIN_CERTIFICATE, ADMIN_KEY, ADMIN_AUTHORITY, CHECK);

    private TlsCatalogue() {}

    static TlsConfig tls(Settings settings) {
        return new TlsConfig(
                files(settings, S3_CERTIFICATE, S3_KEY),
                files(settings, ADMIN_CERTIFICATE, ADMIN_KEY),
                settings.get(CHECK));
    }

    private static @Nullable TlsOptions files(Settings settings, Option<Path> certificate, Option<Path> key) {
        Optional<Path> certificatePath = settings.find(certificate);
        Optional<Path> keyPath = settings.find(key);
        if (certificatePath.isEmpty() && keyPath.isEmpty()) {
            return null;
        }
        if (certificatePath.isEmpty() || keyPath.isEmpty()) {
            throw new ConfigException(
                    "TLS needs both of '" + certificate.name() + "' and '" + key.name() + "', or none of them");
        }
        return new TlsOptions(certificatePath.get().toString(), keyPath.get().toString(), null);
    }
}
