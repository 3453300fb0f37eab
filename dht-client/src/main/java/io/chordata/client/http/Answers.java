package io.chordata.client.http;

import io.chordata.client.model.ChordataException;
import io.chordata.client.retry.Failure;
import io.chordata.client.xml.ErrorDocument;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** The usual readers of answers. */
public final class Answers {
    private static final int DOCUMENT_MAX_BYTES = 16 << 20;

    private Answers() {}

    /** What a document says. */
    @FunctionalInterface
    public interface DocumentParser<T> {
        /** @throws Exception if it is another document */
        T parse(Buffer document) throws Exception;
    }

    /** What an answer says before its body. */
    @FunctionalInterface
    public interface HeadParser<T> {
        /** @throws Exception if it does not say that */
        T parse(Answer answer) throws Exception;
    }

    /** Only that it went well. */
    public static AnswerReader<Void> none() {
        return answer -> answer.body(DOCUMENT_MAX_BYTES).mapEmpty();
    }

    /** What the headers say. */
    public static <T> AnswerReader<T> head(HeadParser<T> headers) {
        return answer -> {
            T value = headers.parse(answer);
            return answer.body(DOCUMENT_MAX_BYTES).map(value);
        };
    }

    /** A document; what worked for long may have begun with 200 and end as an error. */
    public static <T> AnswerReader<T> document(DocumentParser<T> parser) {
        return answer -> answer.body(DOCUMENT_MAX_BYTES).compose(body -> {
            Optional<ErrorDocument> error = ErrorDocument.parse(body);
            if (error.isPresent()) {
                return Future.failedFuture(late(error.get()));
            }
            try {
                return Future.succeededFuture(parser.parse(body));
            } catch (Exception e) {
                return Future.failedFuture(new MalformedException(e));
            }
        });
    }

    private static AttemptFailure late(ErrorDocument error) {
        int status = StatusCodes.statusOf(error.code());
        return AttemptFailure.unanswered(
                Failure.answered(status, error.code()),
                ChordataException.builder(error.code(), error.message())
                        .status(status)
                        .requestId(error.requestId())
                        .resource(error.resource())
                        .build());
    }
}
