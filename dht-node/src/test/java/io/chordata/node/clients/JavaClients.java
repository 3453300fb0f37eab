package io.chordata.node.clients;

import io.chordata.node.process.ChordataProcess;
import io.minio.MinioClient;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The Java clients as an application would make them: default settings but for the endpoint, and a single attempt. */
public final class JavaClients {
    private static final int CONNECTIONS = 64;
    private static final StaticCredentialsProvider KEYS = StaticCredentialsProvider.create(
            AwsBasicCredentials.create(ChordataProcess.ACCESS_KEY, ChordataProcess.SECRET_KEY));

    private JavaClients() {}

    /** The AWS SDK: CRC32 trailers, signed chunks and checked answers, as it comes. Retries would hide failures. */
    public static S3Client aws(ChordataProcess server) {
        return S3Client.builder()
                .endpointOverride(server.endpoint())
                .region(Region.of(ChordataProcess.REGION))
                .credentialsProvider(KEYS)
                .forcePathStyle(true)
                .httpClientBuilder(Apache5HttpClient.builder().maxConnections(CONNECTIONS))
                .overrideConfiguration(override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    static S3Presigner presigner(ChordataProcess server) {
        return S3Presigner.builder()
                .endpointOverride(server.endpoint())
                .region(Region.of(ChordataProcess.REGION))
                .credentialsProvider(KEYS)
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build();
    }

    static MinioClient minio(ChordataProcess server) {
        return MinioClient.builder()
                .endpoint(server.endpoint().toString())
                .credentials(ChordataProcess.ACCESS_KEY, ChordataProcess.SECRET_KEY)
                .region(ChordataProcess.REGION)
                .build();
    }
}
