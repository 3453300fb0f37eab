package io.chordata.node.s3;

import io.chordata.node.object.Objects;
import io.chordata.node.object.StoredObject;
import io.chordata.node.object.StoredPart;
import io.chordata.node.s3.xml.XmlWriter;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** GetObjectAttributes. */
final class GetObjectAttributesHandler implements OperationHandler {
    private static final String ATTRIBUTES = "x-amz-object-attributes";
    private static final String MAX_PARTS = "x-amz-max-parts";
    private static final String MARKER = "x-amz-part-number-marker";
    private static final Set<String> KNOWN =
            new TreeSet<>(List.of("ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"));

    private final Objects objects;

    GetObjectAttributesHandler(Objects objects) {
        this.objects = objects;
    }

    @Override
    public Future<S3Answer> handle(S3Call call) {
        S3Request request = call.request();
        VersionIds.requireCurrent(request);
        Set<String> asked = asked(request);
        int max = Math.min(number(request, MAX_PARTS, Limits.MAX_PAGE), Limits.MAX_PAGE);
        int after = number(request, MARKER, 0);
        return objects.head(request.bucketName(), request.objectKey()).compose(object -> {
            boolean withParts = asked.contains("ObjectParts") && object.parts() > 0;
            Future<List<StoredPart>> parts = withParts
                    ? objects.parts(request.bucketName(), request.objectKey())
                    : Future.succeededFuture(List.of());
            return parts.map(found -> answer(object, asked, found, after, max));
        });
    }

    private static Set<String> asked(S3Request request) {
        Set<String> asked = new TreeSet<>();
        for (String value : request.headers().getAll(ATTRIBUTES)) {
            for (String name : value.split(",", -1)) {
                asked.add(name.strip());
            }
        }
        if (asked.isEmpty() || !KNOWN.containsAll(asked)) {
            throw S3Error.INVALID_ARGUMENT
                    .with("Invalid attribute name specified.")
                    .detail("ArgumentName", ATTRIBUTES)
                    .detail("ArgumentValue", String.join(",", asked));
        }
        return asked;
    }

    private static int number(S3Request request, String header, int absent) {
        String value = request.header(header);
        if (value == null) {
            return absent;
        }
        try {
            return Integer.parseUnsignedInt(value.strip());
        } catch (NumberFormatException e) {
            throw S3Error.INVALID_ARGUMENT.with(header + " must be a number.").detail("ArgumentName", header);
        }
    }

    private static S3Answer answer(StoredObject object, Set<String> asked, List<StoredPart> parts, int after, int max) {
        XmlWriter xml = XmlWriter.of("GetObjectAttributesResponse");
        if (asked.contains("ETag")) {
            xml.element("ETag", object.eTag());
        }
        if (asked.contains("Checksum") && object.checksum() != null) {
            xml.open("Checksum");
            Checksums.write(xml, object.checksum(), object.parts());
            xml.close();
        }
        if (!parts.isEmpty()) {
            writeParts(xml, parts, after, max);
        }
        if (asked.contains("StorageClass")) {
            xml.element("StorageClass", "STANDARD");
        }
        if (asked.contains("ObjectSize")) {
            xml.element("ObjectSize", object.size());
        }
        return S3Answer.xml(200, xml).header("Last-Modified", HttpDates.header(object.modifiedMillis()));
    }

    private static void writeParts(XmlWriter xml, List<StoredPart> parts, int after, int max) {
        List<StoredPart> later =
                parts.stream().filter(part -> part.number() > after).toList();
        List<StoredPart> page = later.subList(0, Math.min(max, later.size()));
        xml.open("ObjectParts").element("PartsCount", parts.size()).element("PartNumberMarker", after);
        if (!page.isEmpty()) {
            xml.element("NextPartNumberMarker", page.get(page.size() - 1).number());
        }
        xml.element("MaxParts", max).element("IsTruncated", page.size() < later.size());
        for (StoredPart part : page) {
            xml.open("Part").element("PartNumber", part.number()).element("Size", part.size());
            Checksums.writeValue(xml, part.checksum(), 0);
            xml.close();
        }
        xml.close();
    }
}
