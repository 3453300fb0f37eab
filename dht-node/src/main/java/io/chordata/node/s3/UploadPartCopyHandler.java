package io.chordata.node.s3;

import io.chordata.node.object.ByteRange;
import io.chordata.node.object.StoredObject;
import io.chordata.node.object.StoredPart;
import io.chordata.node.object.Uploads;
import io.chordata.node.object.Uploads.UploadName;
import io.chordata.node.s3.xml.XmlWriter;
import io.vertx.core.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** UploadPartCopy. */
final class UploadPartCopyHandler implements OperationHandler {
    private static final String RANGE = "x-amz-copy-source-range";
    private static final Pattern RANGE_TEXT = Pattern.compile("bytes=(\\d{1,18})-(\\d{1,18})");

    private final Uploads uploads;

    UploadPartCopyHandler(Uploads uploads) {
        this.uploads = uploads;
    }

    @Override
    public Future<S3Answer> handle(S3Call call) {
        S3Request request = call.request();
        UploadName upload = UploadNames.of(request);
        int number = UploadNames.partNumber(request);
        CopySource source = CopySource.of(request);
        ByteRange range = range(request.header(RANGE));
        return uploads.copyPart(
                        call.invocation(),
                        upload,
                        number,
                        source.bucket(),
                        source.key(),
                        found -> choose(source, range, found))
                .map(UploadPartCopyHandler::answer);
    }

    /** Both ends must be given, unlike in the Range of a read. */
    private static @Nullable ByteRange range(@Nullable String header) {
        if (header == null) {
            return null;
        }
        Matcher matcher = RANGE_TEXT.matcher(header);
        long first = matcher.matches() ? Long.parseLong(matcher.group(1)) : 1;
        long last = matcher.matches() ? Long.parseLong(matcher.group(2)) : 0;
        if (last < first) {
            throw S3Error.INVALID_ARGUMENT
                    .with("The x-amz-copy-source-range value must be of the form bytes=first-last where first and last"
                            + " are the zero-based offsets of the first and last bytes to copy")
                    .detail("ArgumentName", RANGE)
                    .detail("ArgumentValue", header);
        }
        return new ByteRange(first, last - first + 1);
    }

    private static ByteRange choose(CopySource source, @Nullable ByteRange asked, StoredObject found) {
        source.check(found);
        ByteRange range = asked == null ? new ByteRange(0, found.size()) : asked;
        if (range.offset() + range.length() > found.size()) {
            throw S3Error.INVALID_ARGUMENT
                    .with("Range specified is not valid for source object of size: " + found.size())
                    .detail("ArgumentName", RANGE);
        }
        if (range.length() > Limits.MAX_BODY_BYTES) {
            throw S3Error.INVALID_REQUEST.with(
                    "The specified copy source is larger than the maximum allowable size for a copy source: "
                            + Limits.MAX_BODY_BYTES);
        }
        return range;
    }

    private static S3Answer answer(StoredPart part) {
        XmlWriter xml = XmlWriter.of("CopyPartResult")
                .element("ETag", ETags.quoted(part.eTag()))
                .element("LastModified", HttpDates.xml(part.modifiedMillis()));
        Checksums.writeValue(xml, part.checksum(), 0);
        return S3Answer.xml(200, xml);
    }
}
