package io.chordata.client.cli;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import picocli.CommandLine.Option;

/** A command on buckets and objects that prints lines: for people, or for machines. */
abstract class PrintingCommand extends ObjectCommand {
    @Option(names = "--json", description = "Print lines of JSON, one object each, for machines.")
    private boolean json;

    PrintingCommand(Map<String, String> environment) {
        super(environment);
    }

    final boolean isJson() {
        return json;
    }

    final void print(JsonObject object) {
        print(object.encode());
    }
}
