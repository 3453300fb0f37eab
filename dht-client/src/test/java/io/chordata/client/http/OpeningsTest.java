package io.chordata.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpeningsTest {
    private final List<Promise<HttpClientRequest>> connecting = new ArrayList<>();
    private int closes;
    private final Openings openings = new Openings((HttpClientAgent) Proxy.newProxyInstance(
            HttpClientAgent.class.getClassLoader(),
            new Class<?>[] {HttpClientAgent.class},
            (proxy, method, arguments) -> method.getName().equals("close") ? close() : connect()));

    private Future<HttpClientRequest> connect() {
        Promise<HttpClientRequest> promise = Promise.promise();
        connecting.add(promise);
        return promise.future();
    }

    private Future<Void> close() {
        closes++;
        return Future.succeededFuture();
    }

    @Test
    void close_whileTwoConnect_waitsForBoth() {
        Future<HttpClientRequest> first = openings.open(new RequestOptions());
        openings.open(new RequestOptions());
        Future<Void> closed = openings.close();

        connecting.get(0).complete(null);
        assertThat(first.succeeded()).isTrue();
        assertThat(closes).isZero();

        connecting.get(1).fail("refused");
        assertThat(closed.succeeded()).isTrue();
        assertThat(closes).isEqualTo(1);
    }

    @Test
    void close_whileNobodyConnects_isAtOnce() {
        openings.open(new RequestOptions());
        connecting.get(0).complete(null);

        assertThat(openings.close().succeeded()).isTrue();
        assertThat(closes).isEqualTo(1);
    }

    @Test
    void request_afterClose_fails() {
        openings.close();

        assertThat(openings.open(new RequestOptions()).cause()).hasMessage(Transport.CLOSED);
        assertThat(connecting).isEmpty();
    }
}
