package io.chordata.client.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init")
class WorkerReadsTest {
    private final Vertx vertx = Vertx.vertx();

    @TempDir
    private Path directory;

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private byte[] file(int length) throws IOException {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        Files.write(directory.resolve("file"), bytes);
        return bytes;
    }

    /** Reads all of it on one loop, one piece at a time. */
    private static Buffer readByOne(WorkerReads reads) {
        Buffer all = Buffer.buffer();
        Promise<Buffer> whole = Promise.promise();
        reads.exceptionHandler(whole::tryFail);
        reads.endHandler(end -> whole.tryComplete(all));
        reads.handler(piece -> {
            all.appendBuffer(piece);
            reads.fetch(1);
        });
        reads.fetch(1);
        return whole.future().await();
    }

    private WorkerReads open(Content content) {
        return (WorkerReads) content.open(vertx).await();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 256 << 10, (1 << 20) + 17})
    void file_ofAnyLength_comesWholeAndIsClosed(int length) throws IOException {
        byte[] bytes = file(length);
        Content content = Content.ofFile(directory.resolve("file"));

        assertThat(readByOne(open(content)).getBytes()).isEqualTo(bytes);
        if (length > 2) {
            assertThat(readByOne(open(content.slice(1, length - 2))).getBytes())
                    .isEqualTo(Arrays.copyOfRange(bytes, 1, length - 1));
        }
        assertThat(openFiles()).isZero();
    }

    @Test
    void pieces_withAStage_goThroughItOnAThreadThatMayWait() throws IOException {
        file(1 << 20);
        WorkerReads reads = open(Content.ofFile(directory.resolve("file")));
        List<Boolean> onLoop = new CopyOnWriteArrayList<>();
        reads.stage(piece -> {
            onLoop.add(Context.isOnEventLoopThread());
            return Buffer.buffer("x");
        });

        assertThat(readByOne(reads)).isEqualTo(Buffer.buffer("x".repeat(onLoop.size())));
        assertThat(onLoop).isNotEmpty().doesNotContain(true);
    }

    @Test
    void failure_ofAStageOrOfTheFile_endsItAndClosesTheFile() throws IOException {
        file(1 << 20);
        WorkerReads reads = open(Content.ofFile(directory.resolve("file")));
        reads.stage(piece -> {
            throw new IllegalStateException("refused");
        });
        assertThatThrownBy(() -> readByOne(reads)).hasMessage("refused");
        assertThat(openFiles()).isZero();

        Content gone = Content.ofFile(directory.resolve("file"));
        Files.delete(directory.resolve("file"));
        assertThatThrownBy(() -> readByOne(open(gone)))
                .isInstanceOfAny(NoSuchFileException.class, CompletionException.class);
    }

    @Test
    void stream_thatNobodyAsks_isReadOnePieceAheadAndNoFurther() {
        AtomicInteger reads = new AtomicInteger();
        WorkerReads stream = new WorkerReads(vertx, new WorkerReads.Source() {
            @Override
            public Buffer read() {
                reads.incrementAndGet();
                return Buffer.buffer("x");
            }

            @Override
            public void close() {}
        });
        List<Buffer> got = new ArrayList<>();
        Promise<Void> first = Promise.promise();
        stream.handler(piece -> {
            got.add(piece);
            first.tryComplete();
        });

        stream.fetch(1);
        first.future().await();
        stream.close().await();

        assertThat(got).hasSize(1);
        assertThat(reads.get()).isLessThanOrEqualTo(2);
    }

    /** How often this process has the file open. */
    private long openFiles() throws IOException {
        try (var handles = Files.list(Path.of("/proc/self/fd"))) {
            return handles.filter(handle -> isTheFile(handle)).count();
        }
    }

    private boolean isTheFile(Path handle) {
        try {
            return Files.readSymbolicLink(handle).startsWith(directory);
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }
}
