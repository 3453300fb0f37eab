package io.chordata.client;

import io.chordata.client.http.Answers;
import io.chordata.client.http.ApiRequest;
import io.chordata.client.http.Transport;
import io.chordata.client.model.Cancellation;
import io.chordata.client.model.ChordataException;
import io.chordata.client.model.MultipartUpload;
import io.chordata.client.model.PartSummary;
import io.chordata.client.multipart.PartPlan;
import io.chordata.client.xml.AnswerDocuments;
import io.chordata.client.xml.AnswerDocuments.PartsPage;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;

/** All parts of an upload, of rising numbers up to 10,000, so that it ends at whatever endpoint. */
final class PartListing {
    private final Transport transport;
    private final Cancellation cancellation;
    private final MultipartUpload upload;
    private final List<PartSummary> parts = new ArrayList<>();
    private int last;

    PartListing(Transport transport, Cancellation cancellation, MultipartUpload upload) {
        this.transport = transport;
        this.cancellation = cancellation;
        this.upload = upload;
    }

    Future<List<PartSummary>> run() {
        return after(0);
    }

    private Future<List<PartSummary>> after(int number) {
        ApiRequest request = ApiRequest.ofObject(HttpMethod.GET, upload.bucket(), upload.key())
                .query("uploadId", upload.uploadId())
                .query("part-number-marker", Integer.toString(number));
        return transport
                .call(request, Answers.document(AnswerDocuments::listParts), cancellation)
                .compose(this::add);
    }

    private Future<List<PartSummary>> add(PartsPage page) {
        for (PartSummary part : page.parts()) {
            if (part.number() <= last || part.number() > PartPlan.MAX_PARTS) {
                return Future.failedFuture(ChordataException.of(
                        ChordataException.MALFORMED_ANSWER,
                        "part " + part.number() + " is listed behind part " + last));
            }
            last = part.number();
            parts.add(part);
        }
        return page.truncated() && !page.parts().isEmpty() ? after(last) : Future.succeededFuture(List.copyOf(parts));
    }
}
