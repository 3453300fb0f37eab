package io.chordata.node.tls;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What the files of {@link TlsOptions} held at one moment. */
record PemFiles(Buffer certificate, Buffer key, @Nullable Buffer authority) {
    private static final int BYTES_MAX = 1 << 20;

    /** Blocks. */
    static PemFiles read(TlsOptions options) throws TlsFilesException {
        String authorityPath = options.authorityPath();
        return new PemFiles(
                readFile(options.certificatePath()),
                readFile(options.keyPath()),
                authorityPath == null ? null : readFile(authorityPath));
    }

    private static Buffer readFile(String path) throws TlsFilesException {
        try (InputStream file = Files.newInputStream(Path.of(path))) {
            byte[] bytes = file.readNBytes(BYTES_MAX + 1);
            if (bytes.length > BYTES_MAX) {
                throw new TlsFilesException(path + " is larger than any certificate file, 1 MiB");
            }
            return Buffer.buffer(bytes);
        } catch (NoSuchFileException e) {
            throw new TlsFilesException(path + " does not exist");
        } catch (IOException e) {
            throw new TlsFilesException(path + " cannot be read: " + e);
        }
    }

    PemKeyCertOptions keyCertificate() {
        return new PemKeyCertOptions().addCertValue(certificate).addKeyValue(key);
    }

    /** Not the key. */
    @Override
    public String toString() {
        return "PemFiles[certificate of " + certificate.length() + " bytes]";
    }
}
