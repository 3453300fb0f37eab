package io.chordata.client;

import io.chordata.client.http.Answers;
import io.chordata.client.http.ApiRequest;
import io.chordata.client.http.Transport;
import io.chordata.client.model.Cancellation;
import io.chordata.client.model.MultipartUpload;
import io.chordata.client.model.PartSummary;
import io.chordata.client.xml.AnswerDocuments;
import io.chordata.client.xml.AnswerDocuments.PartsPage;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;

/** All parts of an upload; they come in up to ten pages. */
final class PartListing {
    private final Transport transport;
    private final Cancellation cancellation;
    private final MultipartUpload upload;
    private final List<PartSummary> parts = new ArrayList<>();

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
        parts.addAll(page.parts());
        boolean more = page.truncated() && !page.parts().isEmpty();
        return more
                ? after(page.parts().get(page.parts().size() - 1).number())
                : Future.succeededFuture(List.copyOf(parts));
    }
}
