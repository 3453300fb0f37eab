package io.chordata.client.cli;

import io.chordata.client.files.Glob;
import io.chordata.client.files.S3Name;
import io.chordata.client.model.BucketSummary;
import io.chordata.client.model.ListObjectsPage;
import io.chordata.client.model.ListObjectsRequest;
import io.chordata.client.model.ObjectSummary;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists buckets or objects. */
@Command(
        name = "ls",
        description = {
            "Lists buckets, or objects whose keys begin with KEY: each with its time and size, folders as one.",
            "Quote patterns: * is any run without a slash, ** any run, ? one character, [a-z] one of these."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "However many there are, they are printed as they come.",
            "",
            "Examples:",
            "  chordata ls",
            "  chordata ls s3://photos/2026/",
            "  chordata ls -r --json s3://photos",
            "  chordata ls 's3://photos/**/*.jpg'"
        })
public final class ListCommand extends PrintingCommand {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());
    private static final String NO_TIME = " ".repeat("yyyy-MM-dd HH:mm:ss".length());

    @Parameters(arity = "0..*", paramLabel = "s3://BUCKET[/KEY]", description = "What to list; all buckets if none.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = {"-r", "--recursive"},
            description = "All that is in folders, too.")
    private boolean recursive;

    @Option(names = "--no-glob", description = "Take * ? and [ in names as they stand.")
    private boolean noGlob;

    public ListCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    void check() {
        names.forEach(S3Name::parse);
    }

    @Override
    Outcome run(Session session) {
        Tally tally = new Tally();
        for (String text : names.isEmpty() ? List.of("s3://") : names) {
            attempt(tally, () -> list(session, text, tally));
        }
        return tally.outcome();
    }

    private void list(Session session, String text, Tally tally) {
        S3Name name = S3Name.parse(text);
        if (name.bucket().isEmpty()) {
            await(session.client().listBuckets()).forEach(this::show);
        } else if (!list(session, name) && !name.key().isEmpty()) {
            tellNone(tally, text);
            return;
        }
        tally.done();
    }

    /** False if there is nothing. */
    private boolean list(Session session, S3Name name) {
        boolean found = false;
        if (!noGlob && Glob.isPattern(name.key())) {
            Iterator<ObjectSummary> objects = Listing.matches(session.client(), name.bucket(), Glob.of(name.key()))
                    .iterator();
            while (objects.hasNext()) {
                show(name, objects.next());
                found = true;
            }
            return found;
        }
        ListObjectsRequest request = ListObjectsRequest.of(name.bucket())
                .withPrefix(noGlob ? name.key() : Glob.plain(name.key()))
                .withDelimiter(recursive ? "" : "/");
        Iterator<ListObjectsPage> pages =
                Listing.pages(session.client(), request).iterator();
        while (pages.hasNext()) {
            ListObjectsPage page = pages.next();
            page.commonPrefixes().forEach(prefix -> showFolder(name.withKey(prefix)));
            page.objects().forEach(object -> show(name, object));
            found |= !page.commonPrefixes().isEmpty() || !page.objects().isEmpty();
        }
        return found;
    }

    private void show(BucketSummary bucket) {
        S3Name name = new S3Name(bucket.name(), "");
        if (isJson()) {
            print(new JsonObject().put("name", name.toString()).put("created", iso(bucket.created())));
        } else {
            print(time(bucket.created()) + "  " + Texts.printable(name.toString()));
        }
    }

    private void showFolder(S3Name folder) {
        if (isJson()) {
            print(new JsonObject().put("name", folder.toString()).put("folder", true));
        } else {
            print(line(NO_TIME, "-", folder));
        }
    }

    private void show(S3Name asked, ObjectSummary object) {
        S3Name name = asked.withKey(object.key());
        if (isJson()) {
            print(new JsonObject()
                    .put("name", name.toString())
                    .put("size", object.size())
                    .put("modified", iso(object.lastModified()))
                    .put("eTag", object.eTag()));
        } else {
            print(line(time(object.lastModified()), Long.toString(object.size()), name));
        }
    }

    private static String line(String time, String size, S3Name name) {
        return time + ' ' + " ".repeat(Math.max(0, 13 - size.length())) + size + "  "
                + Texts.printable(name.toString());
    }

    private static String time(@Nullable Instant time) {
        return time == null ? NO_TIME : TIME.format(time);
    }

    private static @Nullable String iso(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
