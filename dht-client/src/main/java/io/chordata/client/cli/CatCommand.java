package io.chordata.client.cli;

import io.chordata.client.ObjectInputStream;
import io.chordata.client.files.Glob;
import io.chordata.client.files.S3Name;
import io.chordata.client.model.ChordataException;
import io.chordata.client.model.ObjectSummary;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the bytes of objects to the standard output. */
@Command(
        name = "cat",
        description = {
            "Writes the bytes of objects to the standard output, one after the other.",
            "A pattern stands for all that match, in the order of their keys; quote it. A name that is there exactly as",
            "given is that object alone."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "What was written before a failure is not to be trusted: look at the exit code. Bytes are held to the checksum",
            "that the endpoint has of an object, which is known at the end only.",
            "",
            "Examples:",
            "  chordata cat s3://logs/today.gz | zcat | head",
            "  chordata cat 's3://logs/2026-11-*'"
        })
public final class CatCommand extends ObjectCommand {
    private static final int PIECE_BYTES = 64 << 10;

    private final OutputStream bytes;

    @Parameters(arity = "1..*", paramLabel = "s3://BUCKET/KEY", description = "Which objects.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--no-glob", description = "Take * ? [ and \\ in names as they stand, always: for scripts.")
    private boolean noGlob;

    /** @param bytes the standard output, not as text */
    public CatCommand(Map<String, String> environment, OutputStream bytes) {
        super(environment);
        this.bytes = bytes;
    }

    @Override
    void check() {
        for (String name : names) {
            if (S3Name.parse(name).key().isEmpty()) {
                throw new IllegalArgumentException("'" + name + "' names no object");
            }
        }
    }

    @Override
    Outcome run(Session session) {
        Tally tally = new Tally();
        names.forEach(text -> attempt(tally, () -> write(session, text, tally)));
        return tally.outcome();
    }

    private void write(Session session, String text, Tally tally) {
        S3Name name = S3Name.parse(text);
        Optional<S3Name> one = NamedKey.of(session.client(), name, noGlob);
        if (one.isPresent()) {
            write(session, one.get());
            tally.done();
            return;
        }
        Iterator<ObjectSummary> objects = Listing.matches(session.client(), name.bucket(), Glob.of(name.key()))
                .iterator();
        if (!objects.hasNext()) {
            tellNone(tally, text);
        }
        while (objects.hasNext()) {
            S3Name object = name.withKey(objects.next().key());
            attempt(tally, () -> {
                write(session, object);
                tally.done();
            });
        }
    }

    private void write(Session session, S3Name name) {
        try (ObjectInputStream object = session.client().blocking().getObject(name.bucket(), name.key())) {
            byte[] piece = new byte[PIECE_BYTES];
            for (int count = read(object, piece); count >= 0; count = read(object, piece)) {
                print(piece, count);
            }
        }
        flush();
    }

    private static int read(ObjectInputStream object, byte[] piece) {
        try {
            return object.read(piece);
        } catch (IOException e) {
            throw e.getCause() instanceof ChordataException shown
                    ? shown
                    : ChordataException.of(ChordataException.CANCELLED, String.valueOf(e.getMessage()), e);
        }
    }

    private void print(byte[] piece, int count) {
        try {
            bytes.write(piece, 0, count);
        } catch (IOException e) {
            throw new OutputException(e);
        }
    }

    private void flush() {
        try {
            bytes.flush();
        } catch (IOException e) {
            throw new OutputException(e);
        }
    }
}
