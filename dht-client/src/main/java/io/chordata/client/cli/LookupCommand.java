package io.chordata.client.cli;

import io.chordata.client.admin.AdminRequest;
import io.chordata.client.admin.BlockingAdminClient;
import io.chordata.client.admin.LookupQuery;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks a key up on the ring. */
@Command(
        name = "lookup",
        description = {
            "Looks a key up on the ring and prints the way to whoever answers for it, hop by hop.",
            "The key is taken as a name by itself; where an object lies, 'locate' says."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  chordata lookup photos/a.jpg",
            "  chordata lookup photos/a.jpg --from node-2 --via fingers",
            "  chordata lookup --id 80000000000000000000000000000000 --json"
        })
public final class LookupCommand extends AdminCommand {
    private static final String ID_FORM = "[0-9a-f]{32}";

    @Parameters(index = "0", arity = "0..1", paramLabel = "KEY", description = "What to look up.")
    private @Nullable String key;

    @Option(names = "--id", paramLabel = "HEX", description = "An id of 32 hex digits instead of a key.")
    private @Nullable String id;

    @Option(
            names = "--from",
            paramLabel = "NODE",
            description = "The node that looks it up, by id or name; the one that is asked unless given.")
    private @Nullable String from;

    @Option(
            names = "--via",
            paramLabel = "fingers",
            description = "By fingers and successor lists only, as if nodes did not know all others.")
    private @Nullable String via;

    @Option(names = "--json", description = "Print the answer of /v1/lookup.")
    private boolean json;

    public LookupCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    void check() {
        if ((key == null) == (id == null)) {
            throw new IllegalArgumentException(key == null ? "give a KEY, or --id" : "give a KEY or --id, not both");
        }
        if (key != null && key.isEmpty()) {
            throw new IllegalArgumentException("the KEY is empty");
        }
        if (id != null && !id.matches(ID_FORM)) {
            throw new IllegalArgumentException("--id must be 32 lower-case hex digits, not '" + id + "'");
        }
        if (via != null && !via.equals("fingers")) {
            throw new IllegalArgumentException("--via can only be 'fingers', not '" + via + "'");
        }
    }

    @Override
    void run(BlockingAdminClient client) {
        NodeNames names = json && from == null ? null : new NodeNames(client.nodes());
        LookupQuery query = query(names);
        if (names == null || json) {
            print(client.sendRaw(AdminRequest.lookup(query)));
        } else {
            print(LookupText.of(client.lookup(query), names));
        }
    }

    private LookupQuery query(@Nullable NodeNames names) {
        LookupQuery plain = id != null ? LookupQuery.ofId(id) : LookupQuery.ofKey(String.valueOf(key));
        LookupQuery query = via == null ? plain : plain.withFingersOnly();
        if (from == null || names == null) {
            return query;
        }
        try {
            return query.from(names.idOf(from));
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }
}
