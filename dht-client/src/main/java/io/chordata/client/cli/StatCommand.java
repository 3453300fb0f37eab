package io.chordata.client.cli;

import io.chordata.client.files.S3Name;
import io.chordata.client.model.ObjectInfo;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tells what an endpoint knows of objects without their bytes. */
@Command(
        name = "stat",
        description =
                "Tells what is known of objects: size, time, ETag, type, checksums, metadata; of a bucket, if it is there.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  chordata stat s3://photos/cat.jpg",
            "  chordata stat --json s3://photos/cat.jpg",
            "  chordata stat s3://photos || echo 'no such bucket'"
        })
public final class StatCommand extends PrintingCommand {
    @Parameters(arity = "1..*", paramLabel = "s3://BUCKET[/KEY]", description = "Keys as they stand; no patterns.")
    private List<String> names = new ArrayList<>();

    public StatCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    void check() {
        for (String name : names) {
            if (S3Name.parse(name).bucket().isEmpty()) {
                throw new IllegalArgumentException("'" + name + "' names no bucket");
            }
        }
    }

    @Override
    Outcome run(Session session) {
        Tally tally = new Tally();
        names.forEach(text -> attempt(tally, () -> {
            show(session, S3Name.parse(text));
            tally.done();
        }));
        return tally.outcome();
    }

    private void show(Session session, S3Name name) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", name.toString());
        if (name.key().isEmpty()) {
            await(session.client().headBucket(name.bucket()));
        } else {
            add(fields, await(session.client().headObject(name.bucket(), name.key())));
        }
        if (isJson()) {
            print(new JsonObject(fields));
        } else {
            fields.forEach((field, value) -> show("", field, value));
        }
    }

    private static void add(Map<String, Object> fields, ObjectInfo info) {
        Instant modified = info.lastModified();
        fields.put("size", info.size());
        fields.put("modified", modified == null ? "" : modified.toString());
        fields.put("eTag", info.eTag());
        if (info.versionId() != null) {
            fields.put("versionId", info.versionId());
        }
        JsonObject checksums = new JsonObject();
        info.checksums().forEach((algorithm, value) -> checksums.put(algorithm.name(), value));
        fields.put("checksums", checksums);
        fields.put("headers", new JsonObject(new LinkedHashMap<>(info.metadata().headers())));
        fields.put(
                "metadata", new JsonObject(new LinkedHashMap<>(info.metadata().user())));
    }

    private void show(String indent, String field, Object value) {
        if (value instanceof JsonObject group) {
            if (!group.isEmpty()) {
                print(indent + field + ':');
                group.forEach(entry -> show(indent + "  ", Texts.printable(entry.getKey()), entry.getValue()));
            }
        } else {
            print(indent + field + ": " + Texts.printable(String.valueOf(value)));
        }
    }
}
