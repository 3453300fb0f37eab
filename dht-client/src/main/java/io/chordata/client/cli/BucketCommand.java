package io.chordata.client.cli;

import io.chordata.client.ChordataClient;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What is done with buckets as wholes. */
public abstract class BucketCommand extends PrintingCommand {
    @Parameters(arity = "1..*", paramLabel = "s3://BUCKET", description = "Which.")
    private List<String> names = new ArrayList<>();

    BucketCommand(Map<String, String> environment) {
        super(environment);
    }

    /** Makes buckets. */
    @Command(
            name = "mb",
            description = "Makes buckets.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            footer = {"", "Example:", "  chordata mb s3://photos"})
    public static final class Make extends BucketCommand {
        public Make(Map<String, String> environment) {
            super(environment);
        }

        @Override
        Future<Void> change(ChordataClient client, String bucket) {
            return client.createBucket(bucket);
        }
    }

    /** Removes buckets. */
    @Command(
            name = "rb",
            description = "Removes buckets that are empty. 'rm -r s3://BUCKET' empties one.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            footer = {"", "Example:", "  chordata rb s3://photos"})
    public static final class Remove extends BucketCommand {
        public Remove(Map<String, String> environment) {
            super(environment);
        }

        @Override
        Future<Void> change(ChordataClient client, String bucket) {
            return client.deleteBucket(bucket);
        }
    }

    abstract Future<Void> change(ChordataClient client, String bucket);

    @Override
    void check() {
        names.forEach(ObjectCommand::bucket);
    }

    @Override
    Outcome run(Session session) {
        Tally tally = new Tally();
        names.forEach(name -> attempt(tally, () -> {
            change(session, name);
            tally.done();
        }));
        return tally.outcome();
    }

    private void change(Session session, String name) {
        await(change(session.client(), bucket(name).bucket()));
        if (isJson()) {
            print(new JsonObject().put("name", name));
        }
    }
}
