package io.chordata.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** An authority and the certificates that it signs, made by the JDK's keytool as PEM files in a folder. */
public final class TestCertificates {
    private static final String PASSWORD = "changeit";

    private final Path folder;

    public TestCertificates(Path folder) {
        this.folder = folder;
        keytool(
                "-genkeypair",
                "-alias",
                "authority",
                "-dname",
                "CN=authority",
                "-ext",
                "bc:c=ca:true",
                "-keystore",
                store("authority"));
        writePem("authority");
    }

    /** A node's certificate under this authority. */
    public RpcTlsOptions issue(String name) {
        keytool("-genkeypair", "-alias", name, "-dname", "CN=" + name, "-keystore", store(name));
        keytool("-certreq", "-alias", name, "-file", file(name + ".csr"), "-keystore", store(name));
        keytool(
                "-gencert",
                "-alias",
                "authority",
                "-infile",
                file(name + ".csr"),
                "-outfile",
                file(name + ".crt"),
                "-keystore",
                store("authority"));
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                "authority",
                "-file",
                file("authority.pem"),
                "-keystore",
                store(name));
        keytool("-importcert", "-alias", name, "-file", file(name + ".crt"), "-keystore", store(name));
        writePem(name);
        return new RpcTlsOptions(file(name + ".pem"), file(name + ".key"), file("authority.pem"));
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private String store(String name) {
        return file(name + ".p12");
    }

    private static void keytool(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", PASSWORD, "-storetype", "PKCS12"));
        if (command.contains("-genkeypair")) {
            command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
        }
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void writePem(String name) {
        try {
            KeyStore store = KeyStore.getInstance(Path.of(store(name)).toFile(), PASSWORD.toCharArray());
            Certificate certificate = store.getCertificate(name);
            Key key = store.getKey(name, PASSWORD.toCharArray());
            Files.writeString(folder.resolve(name + ".pem"), pem("CERTIFICATE", certificate.getEncoded()));
            Files.writeString(folder.resolve(name + ".key"), pem("PRIVATE KEY", key.getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
                + "\n-----END " + what + "-----\n";
    }
}
