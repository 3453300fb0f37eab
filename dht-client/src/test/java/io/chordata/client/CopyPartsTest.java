package io.chordata.client;

import static io.chordata.client.ChordataClientTest.await;
import static io.chordata.client.StubEndpoint.Fault.Kind.DO_THEN_BREAK;
import static io.chordata.client.StubEndpoint.Fault.Kind.NONE;
import static io.chordata.client.StubEndpoint.Fault.Kind.SILENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chordata.client.StubEndpoint.Fault;
import io.chordata.client.model.Cancellation;
import io.chordata.client.model.ChordataException;
import io.chordata.client.model.Conditions;
import io.chordata.client.model.CopyObjectRequest;
import io.chordata.client.model.StoredObject;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Copies in parts within an endpoint that fails as it is told. */
@SuppressWarnings("NullAway.Init")
class CopyPartsTest {
    private static final int PART = 5 << 20;
    private static final CopyObjectRequest COPY = CopyObjectRequest.of("bucket", "source", "bucket", "target");

    private final Vertx vertx = Vertx.vertx();
    private StubEndpoint stub;
    private ChordataClient client;

    @BeforeEach
    void start() {
        stub = new StubEndpoint(vertx);
        client = ChordataClient.builder()
                .endpoint(stub.url())
                .credentials("AKID", "secret")
                .vertx(vertx)
                .retries(3, 500)
                .build();
    }

    @AfterEach
    void stop() {
        await(client.close());
        stub.close();
        await(vertx.close());
    }

    private Buffer source(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        Buffer source = Buffer.buffer(bytes);
        stub.objects().put("/bucket/source", new StubEndpoint.Stored(source, MultiMap.caseInsensitiveMultiMap()));
        return source;
    }

    private static ChordataException failure(Future<?> future) {
        return catchThrowableOfType(ChordataException.class, () -> await(future));
    }

    @Test
    void copy_inParts_isTheSameBytes() {
        Buffer source = source(2 * PART + 9);

        StoredObject copied = await(client.copyInParts(COPY, PART));

        assertThat(copied.eTag()).endsWith("-3");
        assertThat(stub.bytes("/bucket/target")).isEqualTo(source);
    }

    @Test
    void copy_ofAnEmptyObject_isMadeInOnePiece() {
        source(0);

        await(client.copyInParts(COPY, PART));

        assertThat(stub.bytes("/bucket/target")).isEqualTo(Buffer.buffer());
        assertThat(stub.lines()).containsExactly("HEAD /bucket/source", "PUT /bucket/target");
        assertThat(stub.seen().get(1).headers().get("x-amz-copy-source-if-match"))
                .as("of what was looked at")
                .isEqualTo('"' + StubEndpoint.md5(Buffer.buffer()) + '"');
    }

    @Test
    void copy_thatIsCancelled_isAborted() {
        source(2 * PART);
        Cancellation cancellation = new Cancellation();
        stub.next(Fault.of(NONE), Fault.of(NONE), Fault.of(SILENT), Fault.of(SILENT));

        Future<StoredObject> copy = client.withCancellation(cancellation).copyInParts(COPY, PART);
        stub.reached(4);
        cancellation.cancel();

        assertThat(failure(copy).code()).isEqualTo(ChordataException.CANCELLED);
        assertThat(stub.uploads()).isEmpty();
    }

    @Test
    void copy_whosePartFails_isAborted() {
        source(2 * PART);
        stub.next(Fault.of(NONE), Fault.of(NONE), Fault.refuse(403, "AccessDenied"));

        assertThat(failure(client.copyInParts(COPY, PART)).code()).isEqualTo("AccessDenied");

        assertThat(stub.uploads()).isEmpty();
        assertThat(stub.objects()).containsOnlyKeys("/bucket/source");
    }

    @Test
    void copy_whoseCompletionIsAnsweredToNobody_isFoundOut() {
        Buffer source = source(2 * PART);
        stub.next(Fault.of(NONE), Fault.of(NONE), Fault.of(NONE), Fault.of(NONE), Fault.of(DO_THEN_BREAK));

        StoredObject copied = await(client.copyInParts(COPY, PART));

        assertThat(copied.eTag()).endsWith("-2");
        assertThat(stub.bytes("/bucket/target")).isEqualTo(source);
        assertThat(stub.lines()).last().isEqualTo("HEAD /bucket/target");
    }

    @Test
    void copy_ofMoreThanAnyObjectHas_failsBeforeAnUploadIsBegun() {
        source(1);
        stub.answerWith("Content-Range", "bytes 0-0/" + Long.MAX_VALUE / 2);

        assertThat(failure(client.copyInParts(COPY, PART)).code()).isEqualTo(ChordataException.MALFORMED_ANSWER);

        assertThat(stub.lines()).containsExactly("HEAD /bucket/source");
    }

    @Test
    void copy_thatNoEndpointCanMake_isRefusedBeforeAnythingIsSent() {
        source(1);

        assertThatThrownBy(() -> client.copyInParts(COPY, PART - 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.copyInParts(CopyObjectRequest.of("bucket", "source", "bucket", ""), PART))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        client.copyInParts(COPY.withConditions(Conditions.ifUnmodifiedSince(Instant.EPOCH)), PART))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(stub.seen()).isEmpty();
    }
}
