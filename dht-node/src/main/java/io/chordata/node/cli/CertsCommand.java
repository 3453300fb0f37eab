package io.chordata.node.cli;

import io.chordata.node.rpc.RpcTlsOptions;
import io.chordata.node.tls.CertificateAuthority;
import io.chordata.node.tls.CertificateAuthority.Life;
import io.chordata.node.tls.HostNames;
import io.chordata.node.tls.Issued;
import io.chordata.node.tls.TlsFilesException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes an authority of a cluster's own, and certificates under it. */
@Command(
        name = "certs",
        description = {
            "Makes certificates: an authority of the cluster's own, and under it one for each node.",
            "A node's is for talking with other nodes and, for the hosts named, for S3 and console as well."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        synopsisSubcommandLabel = "ca|node",
        footer = {
            "",
            "Files are written once and never replaced: renew a certificate into another folder, and move its",
            "files over those in use, the key first. Nodes take them within seconds, without a restart.",
            "Keep ca.key away from the nodes: who has it can make nodes.",
            "",
            "Examples:",
            "  chordata certs ca --out certs",
            "  chordata certs node node-1 --ca certs --out certs --host 10.0.0.1 --host s3.example.org",
            "  chordata node --internal-authority certs/ca.pem --internal-certificate certs/node-1.pem \\",
            "    --internal-key certs/node-1.key ..."
        })
final class CertsCommand implements Runnable {
    private static final String CA = "ca";
    private static final int DAYS_MAX = 36_500;
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";

    /** Machines whose clocks are somewhat late shall take it at once. */
    private static final Duration EARLIER = Duration.ofHours(1);

    private final Terminal terminal;

    @Spec
    private @Nullable CommandSpec spec;

    CertsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "ca or node?");
    }

    @Command(name = CA, description = "Makes an authority: ca.pem, which all nodes trust, and ca.key, which signs.")
    void authority(
            @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where its files go.") Path out,
            @Option(
                            names = "--name",
                            defaultValue = "Chordata cluster",
                            paramLabel = "TEXT",
                            description = "For people.")
                    String name,
            @Option(names = "--days", defaultValue = "3650", paramLabel = "N", description = "How long it counts.")
                    int days) {
        write(out, CA, CertificateAuthority.create(name, life(days)).own());
    }

    @Command(description = "Makes a node's certificate and key: NAME.pem and NAME.key.")
    void node(
            @Parameters(paramLabel = "NAME", description = "Whose it is, and what the files are called.") String name,
            @Option(names = "--ca", required = true, paramLabel = "DIR", description = "Where ca.pem and ca.key are.")
                    Path authority,
            @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where its files go.") Path out,
            @Option(
                            names = "--host",
                            paramLabel = "HOST",
                            description = "DNS name or address that clients use; may be repeated.")
                    @Nullable
                    List<String> hosts,
            @Option(
                            names = "--internal-name",
                            defaultValue = RpcTlsOptions.DEFAULT_NAME,
                            paramLabel = "NAME",
                            description = "What nodes look for in each other's (${DEFAULT-VALUE}).")
                    String internalName,
            @Option(
                            names = "--days",
                            defaultValue = "365",
                            paramLabel = "N",
                            description = "How long it counts, at most as long as the authority.")
                    int days) {
        List<String> names = new ArrayList<>(List.of(internalName));
        if (hosts != null) {
            names.addAll(hosts);
        }
        require(name.matches(NAME) && !name.equals(CA), "'" + name + "' is no name for a file");
        names.forEach(host -> require(HostNames.isKnown(host), "'" + host + "' is neither a DNS name nor an address"));
        Life life = life(days);
        CertificateAuthority signer = read(authority);
        require(signer.until().isAfter(Instant.now()), authority + ": the authority expired at " + signer.until());
        write(out, name, signer.issue(name, names, life));
        if (life.until().isAfter(signer.until())) {
            terminal.err().println("as the authority does, it ends at " + signer.until());
            terminal.err().flush();
        }
    }

    private static Life life(int days) {
        require(days >= 1 && days <= DAYS_MAX, "--days must be 1 to " + DAYS_MAX);
        Instant now = Instant.now();
        return new Life(now.minus(EARLIER), now.plus(Duration.ofDays(days)));
    }

    private static void require(boolean isSo, String otherwise) {
        if (!isSo) {
            throw new CommandFailedException(ExitCode.USAGE, otherwise);
        }
    }

    private static CertificateAuthority read(Path folder) {
        try {
            return CertificateAuthority.of(
                    new Issued(Files.readString(folder.resolve("ca.pem")), Files.readString(folder.resolve("ca.key"))));
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCode.USAGE, "no authority in " + folder + " ('chordata certs ca' makes one): " + e);
        } catch (TlsFilesException e) {
            throw new CommandFailedException(ExitCode.USAGE, folder + ": " + e.getMessage());
        }
    }

    /** Nobody else may read the key at any moment. */
    private void write(Path folder, String name, Issued issued) {
        Path key = folder.resolve(name + ".key");
        Path certificate = folder.resolve(name + ".pem");
        try {
            Files.createDirectories(folder);
            require(Files.notExists(certificate), certificate + " exists, and is not replaced");
            Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(key, issued.keyPem(), StandardCharsets.US_ASCII);
            Files.writeString(
                    certificate, issued.certificatePem(), StandardCharsets.US_ASCII, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailedException(ExitCode.USAGE, e.getFile() + " exists, and is not replaced");
        } catch (IOException e) {
            throw new CommandFailedException(ExitCode.NOT_DONE, "cannot write to " + folder + ": " + e);
        }
        terminal.out().println(certificate + "\n" + key);
        terminal.out().flush();
    }
}
