package io.chordata.node.s3;

import io.chordata.node.object.ByteRange;
import io.chordata.node.object.Objects.Choice;
import io.chordata.node.object.StoredChecksum;
import io.chordata.node.object.StoredObject;
import io.chordata.node.object.Uploads;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One GET or HEAD of an object: which bytes of the version found, if any, and the head of the answer. May be asked to
 * choose again when the version had to be read again; the last choice counts.
 */
final class ObjectRead {
    private static final String PART_NUMBER = "partNumber";

    private final S3Request request;
    private final ReadConditions conditions;
    private final int part;
    private @Nullable Choice choice;
    private @Nullable ByteRange range;
    private boolean modified = true;

    /** @throws S3Exception if the request asks for what cannot be */
    ObjectRead(S3Request request) {
        VersionIds.requireCurrent(request);
        this.request = request;
        this.conditions = ReadConditions.of(request, "");
        this.part = request.query().integer(PART_NUMBER, 0, 1, Uploads.MAX_PARTS);
        if (part > 0 && request.header("Range") != null) {
            throw S3Error.INVALID_REQUEST.with("Cannot specify both Range header and partNumber query parameter.");
        }
    }

    /** 0 for the whole object. */
    int part() {
        return part;
    }

    /** @throws S3Exception PRECONDITION_FAILED or INVALID_RANGE */
    ByteRange choose(Choice found) {
        choice = found;
        switch (conditions.judge(found.object())) {
            case FAILED -> throw S3Error.PRECONDITION_FAILED.plain();
            case NOT_MODIFIED -> {
                modified = false;
                return new ByteRange(0, 0);
            }
            case HOLD -> modified = true;
        }
        range = RangeHeader.choose(rangeHeader(found.object()), found.size());
        return range == null ? new ByteRange(0, found.size()) : range;
    }

    private @Nullable String rangeHeader(StoredObject object) {
        String ifRange = request.header("If-Range");
        boolean same = ifRange == null
                || ETags.matches(ifRange, object.eTag())
                || ifRange.equals(HttpDates.header(object.modifiedMillis()));
        return same ? request.header("Range") : null;
    }

    /** The head of the answer, once chosen; the body is the caller's to add. */
    S3Answer head() {
        if (choice == null) {
            throw new IllegalStateException("nothing was chosen yet");
        }
        S3Answer answer = S3Answer.of(status(choice));
        ObjectHeaders.put(answer, choice.object());
        ObjectHeaders.override(answer, request.query());
        putRange(answer, choice);
        if (part > 0 && choice.object().parts() > 0) {
            answer.header(
                    "x-amz-mp-parts-count", Integer.toString(choice.object().parts()));
        }
        putChecksum(answer, choice);
        return answer.lengthOnly(length(choice));
    }

    private int status(Choice chosen) {
        if (!modified) {
            return 304;
        }
        return range != null || (part > 0 && chosen.size() > 0) ? 206 : 200;
    }

    private long length(Choice chosen) {
        return range == null ? chosen.size() : range.length();
    }

    private void putRange(S3Answer answer, Choice chosen) {
        if (answer.status() == 206) {
            long first = chosen.offset() + (range == null ? 0 : range.offset());
            long last = first + length(chosen) - 1;
            answer.header(
                    "Content-Range",
                    "bytes " + first + '-' + last + '/' + chosen.object().size());
        }
    }

    /** A checksum speaks of the whole object or part, so that nobody checks a range against it. */
    private void putChecksum(S3Answer answer, Choice chosen) {
        String mode = request.header("x-amz-checksum-mode");
        if (mode == null || !mode.toUpperCase(Locale.ROOT).equals("ENABLED") || range != null) {
            return;
        }
        StoredObject object = chosen.object();
        boolean isPartOfMany = part > 0 && object.parts() > 0;
        StoredChecksum checksum = isPartOfMany ? chosen.partChecksum() : object.checksum();
        Checksums.putHeaders(answer, checksum, object.parts());
    }
}
