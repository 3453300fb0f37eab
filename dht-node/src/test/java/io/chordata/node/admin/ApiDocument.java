package io.chordata.node.admin;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.mediatype.ContentAnalyserFactory;
import io.vertx.openapi.mediatype.MediaTypePredicate;
import io.vertx.openapi.mediatype.MediaTypeRegistry;
import io.vertx.openapi.mediatype.impl.DefaultMediaTypeRegistration;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The description of the admin API, and whether answers are as it says. */
public final class ApiDocument {
    private static final String SCHEMAS = "#/components/schemas/";
    private static final Set<String> METHODS = Set.of("get", "post", "delete", "put", "patch");
    private static final JsonSchemaOptions DRAFT = new JsonSchemaOptions()
            .setDraft(Draft.DRAFT202012)
            .setBaseUri("https://chordata.invalid")
            .setOutputFormat(OutputFormat.Basic);

    private static final DefaultMediaTypeRegistration OTHER_TYPES = new DefaultMediaTypeRegistration(
            MediaTypePredicate.ofExactTypes("application/problem+json", "application/yaml", "text/event-stream"),
            ContentAnalyserFactory.noop());

    private final JsonObject document;

    /**
     * One kind of request.
     *
     * @param path with names in braces
     * @param sample the path with an example in the place of each name
     */
    public record Operation(String id, HttpMethod method, String path, String sample, JsonObject described) {
        /** The documented answer of that status, or the one of all others. */
        JsonObject response(int status, JsonObject document) {
            JsonObject responses = described.getJsonObject("responses");
            JsonObject found = responses.getJsonObject(String.valueOf(status), responses.getJsonObject("default"));
            String reference = found.getString("$ref");
            return reference == null ? found : at(document, reference);
        }
    }

    private ApiDocument(JsonObject document) {
        this.document = document;
    }

    @SuppressWarnings("unchecked") // the document is a mapping
    static ApiDocument packaged() throws IOException {
        try (InputStream in = Objects.requireNonNull(ApiDescription.class.getResourceAsStream("openapi.yaml"))) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    public static ApiDocument parse(String yaml) {
        return new ApiDocument(new JsonObject(
                (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(yaml)));
    }

    /** Fails where it is no OpenAPI document. */
    public OpenAPIContract check(Vertx vertx) {
        return OpenAPIContract.builder(vertx)
                .setContract(document.copy())
                .mediaTypeRegistry(MediaTypeRegistry.createDefault().register(OTHER_TYPES))
                .build()
                .await();
    }

    private static JsonObject at(JsonObject document, String reference) {
        JsonObject found = document;
        for (String name : reference.substring(2).split("/", -1)) {
            found = found.getJsonObject(name);
        }
        return found;
    }

    /** By id. */
    public Map<String, Operation> operations() {
        Map<String, Operation> operations = new TreeMap<>();
        JsonObject paths = document.getJsonObject("paths");
        for (String path : paths.fieldNames()) {
            JsonObject item = paths.getJsonObject(path);
            for (String method : item.fieldNames()) {
                if (METHODS.contains(method)) {
                    JsonObject described = item.getJsonObject(method);
                    String id = described.getString("operationId");
                    operations.put(
                            id,
                            new Operation(
                                    id,
                                    HttpMethod.valueOf(method.toUpperCase(Locale.ROOT)),
                                    path,
                                    sample(path, item, described),
                                    described));
                }
            }
        }
        return operations;
    }

    public Operation operation(String id) {
        return Objects.requireNonNull(operations().get(id), id);
    }

    private String sample(String path, JsonObject item, JsonObject described) {
        String sample = path;
        JsonArray parameters = item.getJsonArray("parameters", new JsonArray())
                .copy()
                .addAll(described.getJsonArray("parameters", new JsonArray()));
        for (Object each : parameters) {
            JsonObject parameter = (JsonObject) each;
            String reference = parameter.getString("$ref");
            JsonObject plain = reference == null ? parameter : at(document, reference);
            if (plain.getString("in").equals("path")) {
                sample = sample.replace("{" + plain.getString("name") + "}", String.valueOf(plain.getValue("example")));
            }
        }
        return sample;
    }

    /** What is wrong with an answer; empty if nothing is. */
    public List<String> faults(Operation operation, int status, String contentType, String body) {
        JsonObject response = operation.response(status, document);
        JsonObject content = response.getJsonObject("content", new JsonObject());
        String type = contentType.replaceFirst(";.*", "");
        if (!content.containsKey(type)) {
            return List.of(operation.id + " answers " + status + " as " + contentType + ", documented: "
                    + content.fieldNames());
        }
        JsonObject schema = content.getJsonObject(type).getJsonObject("schema");
        return type.endsWith("json") ? faults(schema, Json.decodeValue(body)) : List.of();
    }

    /** What is wrong with an event's data, by its type. */
    public List<String> eventFaults(String type, String data) {
        String shape = SCHEMAS + type.substring(0, 1).toUpperCase(Locale.ROOT) + type.substring(1) + "Event";
        JsonObject event = at(document, SCHEMAS + "Event");
        JsonObject reference = new JsonObject().put("$ref", shape);
        if (!event.getJsonArray("oneOf").contains(reference)) {
            return List.of("there is no event '" + type + "'");
        }
        List<String> faults = new ArrayList<>(faults(reference, new JsonObject(data)));
        faults.addAll(faults(event, new JsonObject(data)));
        return faults;
    }

    private List<String> faults(JsonObject schema, Object value) {
        JsonObject whole =
                schema.copy().put("$defs", document.getJsonObject("components").getJsonObject("schemas"));
        String text = whole.encode().replace(SCHEMAS, "#/$defs/");
        OutputUnit outcome =
                Validator.create(JsonSchema.of(new JsonObject(text)), DRAFT).validate(value);
        List<String> faults = new ArrayList<>();
        if (!outcome.getValid()) {
            outcome.getErrors().forEach(error -> faults.add(error.getInstanceLocation() + ": " + error.getError()));
        }
        return faults;
    }

    /** Objects that would let any field pass. */
    public List<String> openObjects() {
        List<String> open = new ArrayList<>();
        collectOpen("", document, open);
        return open;
    }

    private static void collectOpen(String at, Object value, List<String> open) {
        if (value instanceof JsonArray array) {
            array.forEach(element -> collectOpen(at + "/-", element, open));
        } else if (value instanceof JsonObject object) {
            boolean isObject = "object".equals(object.getValue("type"));
            if (isObject && !Boolean.FALSE.equals(object.getValue("additionalProperties"))) {
                open.add(at);
            }
            object.forEach(field -> collectOpen(at + "/" + field.getKey(), field.getValue(), open));
        }
    }
}
