package io.chordata.node.s3;

import io.chordata.node.s3.xml.XmlWriter;

/** The body of an error, and the headers that go with it. */
final class ErrorAnswer {
    private ErrorAnswer() {}

    static S3Answer of(S3Exception refusal, String resource, String requestId, String hostId) {
        S3Error error = refusal.error();
        S3Answer answer = S3Answer.xml(error.status(), document(refusal, resource, requestId, hostId));
        if (error.retryAfterSeconds() > 0) {
            answer.header(S3Exception.RETRY_AFTER, Integer.toString(error.retryAfterSeconds()));
        }
        refusal.headers().forEach(answer::header);
        return answer;
    }

    private static XmlWriter document(S3Exception refusal, String resource, String requestId, String hostId) {
        XmlWriter xml =
                XmlWriter.ofError().element("Code", refusal.error().code()).optional("Message", refusal.getMessage());
        refusal.details().forEach(xml::element);
        return xml.element("Resource", resource).element("RequestId", requestId).element("HostId", hostId);
    }
}
