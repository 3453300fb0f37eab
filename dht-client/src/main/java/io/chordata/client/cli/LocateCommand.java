package io.chordata.client.cli;

import io.chordata.client.admin.AdminRequest;
import io.chordata.client.admin.BlockingAdminClient;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints which nodes hold an object. */
@Command(
        name = "locate",
        description = "Prints which nodes hold an object: its record, and each of its blocks.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  chordata locate s3://photos/2026/a.jpg",
            "  chordata locate photos/2026/a.jpg --json"
        })
public final class LocateCommand extends AdminCommand {
    private static final String SCHEME = "s3://";

    @Parameters(index = "0", paramLabel = "BUCKET/KEY", description = "The object; s3:// may stand before it.")
    private String object = "";

    @Option(names = "--json", description = "Print the answer of /v1/objects/locate.")
    private boolean json;

    public LocateCommand(Map<String, String> environment) {
        super(environment);
    }

    private String path() {
        return object.startsWith(SCHEME) ? object.substring(SCHEME.length()) : object;
    }

    @Override
    void check() {
        int slash = path().indexOf('/');
        if (slash < 1 || slash == path().length() - 1) {
            throw new IllegalArgumentException("expected BUCKET/KEY or s3://BUCKET/KEY, got '" + object + "'");
        }
    }

    @Override
    void run(BlockingAdminClient client) {
        int slash = path().indexOf('/');
        String bucket = path().substring(0, slash);
        String key = path().substring(slash + 1);
        if (json) {
            print(client.sendRaw(AdminRequest.locate(bucket, key)));
        } else {
            print(PlaceText.of(SCHEME + path(), client.locate(bucket, key), new NodeNames(client.nodes())));
        }
    }
}
