package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.admin.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerRequest;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** Who is let through to S3, and when all who were are out again. */
class NodeDoorTest {
    private final Queue<Promise<Void>> answers = new ArrayDeque<>();
    private final NodeDoor door = new NodeDoor();

    /** Is only told apart from others. */
    private static HttpServerRequest request() {
        return (HttpServerRequest) Proxy.newProxyInstance(
                NodeDoorTest.class.getClassLoader(),
                new Class<?>[] {HttpServerRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private void enter() {
        door.serve(request(), "root", "/");
    }

    private void serving() {
        door.serving((request, accessKey, uri) -> {
            Promise<Void> answer = Promise.promise();
            answers.add(answer);
            return answer.future();
        });
    }

    @Test
    void request_beforeS3IsServed_isRefused() {
        assertThatThrownBy(this::enter).isInstanceOf(ProblemException.class);
        assertThat(door.close().succeeded()).isTrue();
    }

    @Test
    void close_withRequestsInside_waitsForTheirAnswers() {
        serving();
        enter();
        enter();
        answers.remove().complete();
        enter();

        Future<Void> closed = door.close();
        answers.remove().complete();
        assertThat(closed.isComplete()).isFalse();
        answers.remove().fail("nobody is there");

        assertThat(closed.succeeded()).isTrue();
    }

    @Test
    void request_afterClose_isRefusedAndKeepsNothingOpen() {
        serving();
        enter();
        Future<Void> closed = door.close();

        assertThatThrownBy(this::enter).isInstanceOf(ProblemException.class);
        assertThat(answers).hasSize(1);
        assertThat(closed.isComplete()).isFalse();
        answers.remove().complete();
        assertThat(closed.succeeded()).isTrue();
    }

    @Test
    void request_thatServingFailsAtOnce_isNotInside() {
        door.serving((request, accessKey, uri) -> {
            throw new IllegalStateException("a mistake of this program");
        });

        assertThatThrownBy(this::enter).isInstanceOf(IllegalStateException.class);

        assertThat(door.close().succeeded()).isTrue();
    }
}
