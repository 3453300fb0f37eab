package io.chordata.client;

import io.chordata.client.http.Answer;
import io.chordata.client.http.ApiRequest;
import io.chordata.client.http.Transport;
import io.chordata.client.model.ByteRange;
import io.chordata.client.model.Cancellation;
import io.chordata.client.model.Conditions;
import io.chordata.client.model.GetObjectRequest;
import io.chordata.client.model.ObjectInfo;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;

/** Opens objects for reading, and what is left of them again where a connection broke. */
final class ObjectReads {
    private final Transport transport;
    private final Cancellation cancellation;

    ObjectReads(Transport transport, Cancellation cancellation) {
        this.transport = transport;
        this.cancellation = cancellation;
    }

    Future<ObjectStream> open(GetObjectRequest get) {
        return transport.call(request(get), answer -> Future.succeededFuture(stream(get, answer)), cancellation);
    }

    private ObjectStream stream(GetObjectRequest get, Answer answer) {
        ObjectInfo info = ObjectHeaders.info(get.bucket(), get.key(), answer);
        ObjectStream.Span span = new ObjectStream.Span(ObjectHeaders.first(answer), ObjectHeaders.length(answer));
        HttpClientResponse body = answer.stream().pause();
        ObjectStream stream = new ObjectStream(
                transport.vertx(),
                info,
                span,
                body,
                new Rest(info),
                transport.options().idleTimeout().toMillis());
        stream.endWith(cancellation, Transport.CANCELLED);
        stream.endWith(transport.closing(), Transport.CLOSED);
        return stream;
    }

    private static ApiRequest request(GetObjectRequest get) {
        ByteRange range = get.range();
        ApiRequest request = ApiRequest.ofObject(HttpMethod.GET, get.bucket(), get.key())
                .header("x-amz-checksum-mode", "ENABLED")
                .header("Range", range == null ? null : range.header());
        return ObjectHeaders.put(request, get.conditions());
    }

    private final class Rest implements ObjectStream.Source {
        private final ObjectInfo info;

        Rest(ObjectInfo info) {
            this.info = info;
        }

        @Override
        public int resumesMax() {
            return transport.options().attemptsMax();
        }

        @Override
        public boolean mayResume() {
            return transport.mayResume();
        }

        @Override
        public Future<HttpClientResponse> open(long offset, long length) {
            GetObjectRequest rest = GetObjectRequest.of(info.bucket(), info.key())
                    .withRange(ByteRange.of(offset, length))
                    .withConditions(Conditions.ifMatch(info.eTag()));
            return transport.call(
                    request(rest),
                    answer -> {
                        if (ObjectHeaders.first(answer) != offset || ObjectHeaders.length(answer) != length) {
                            throw new IllegalArgumentException("another range than was asked for");
                        }
                        return Future.succeededFuture(answer.stream().pause());
                    },
                    cancellation);
        }
    }
}
