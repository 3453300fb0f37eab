package io.chordata.node.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.process.ChordataServer;
import io.chordata.node.process.Figures;
import io.chordata.node.process.TestBody;
import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveBucketArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import io.minio.errors.ErrorResponseException;
import io.minio.messages.Item;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** MinIO's client for Java. Its methods throw what they like, so these do, too. */
class MinioClientIT {
    @RegisterExtension
    static final ChordataServer SERVER = new ChordataServer();

    private static final AtomicInteger BUCKETS = new AtomicInteger();
    private static final long PART_SIZE_OF_ITS_OWN = -1;

    private final MinioClient minio = JavaClients.minio(SERVER.process());
    private String bucket = "";

    @BeforeEach
    void makeBucket() throws Exception {
        bucket = "minio-" + BUCKETS.incrementAndGet();
        minio.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
        Figures.note("client MinIO for Java " + MinioClient.class.getPackage().getImplementationVersion());
    }

    @Test
    void bodies_ofEverySize_comeBackWithTheirHashes() throws Exception {
        for (long size : TestBody.everySize()) {
            TestBody body = new TestBody(size, 1);
            put("size/" + size, body);
            assertThat(hashOf("size/" + size)).as("size " + size).isEqualTo(body.sha256());
        }
    }

    @Test
    void keys_withOddNames_areListedAndReadAsTheyAre() throws Exception {
        List<String> names = OddTree.names();
        for (String name : names) {
            put(name, new TestBody(10, name.hashCode()));
        }
        List<String> listed = new ArrayList<>();
        for (Result<Item> result : minio.listObjects(
                ListObjectsArgs.builder().bucket(bucket).recursive(true).build())) {
            listed.add(result.get().objectName());
        }
        assertThat(listed).containsExactlyInAnyOrderElementsOf(names);
        for (String name : names) {
            assertThat(hashOf(name)).as(name).isEqualTo(new TestBody(10, name.hashCode()).sha256());
        }
    }

    @Test
    void object_describedAndRemoved_behavesAsAtS3() throws Exception {
        TestBody body = new TestBody(1000, 2);
        try (InputStream stream = body.open()) {
            minio.putObject(PutObjectArgs.builder().bucket(bucket).object("one").stream(
                            stream, body.size(), PART_SIZE_OF_ITS_OWN)
                    .contentType("text/x-odd")
                    .userMetadata(Map.of("colour", "blue"))
                    .build());
        }
        StatObjectResponse stat = minio.statObject(
                StatObjectArgs.builder().bucket(bucket).object("one").build());
        assertThat(stat.size()).isEqualTo(1000);
        assertThat(stat.contentType()).isEqualTo("text/x-odd");

        minio.removeObject(
                RemoveObjectArgs.builder().bucket(bucket).object("one").build());
        assertThatThrownBy(() -> hashOf("one"))
                .isInstanceOfSatisfying(
                        ErrorResponseException.class,
                        e -> assertThat(e.errorResponse().code()).isEqualTo("NoSuchKey"));
        minio.removeBucket(RemoveBucketArgs.builder().bucket(bucket).build());
    }

    private void put(String key, TestBody body) throws Exception {
        try (InputStream stream = body.open()) {
            minio.putObject(
                    PutObjectArgs.builder().bucket(bucket).object(key).stream(stream, body.size(), PART_SIZE_OF_ITS_OWN)
                            .build());
        }
    }

    private String hashOf(String key) throws Exception {
        return TestBody.sha256(minio.getObject(
                GetObjectArgs.builder().bucket(bucket).object(key).build()));
    }
}
