package io.chordata.node.s3.auth;

import io.chordata.client.sigv4.PayloadHash;
import io.chordata.client.sigv4.RequestSigner;
import io.chordata.node.core.Clock;
import io.vertx.core.MultiMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Verifying the signature of a request, the day's key at hand. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SignatureBenchmark {
    private static final long NOW = 1_750_000_000_000L;
    private static final String KEY = "AKIAIOSFODNN7EXAMPLE";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private static final String PATH = "/bucket/folder/object%20key";
    private static final String QUERY = "partNumber=7&uploadId=0123456789abcdef";

    private final Authenticator authenticator = new Authenticator(Authentications.all(SECRET), new FixedClock());
    private final SignedRequest request = signed();

    private static SignedRequest signed() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .add("Host", "localhost:9000")
                .add("User-Agent", "benchmark")
                .add("Content-Length", "4096")
                .add("x-amz-content-sha256", PayloadHash.UNSIGNED);
        new RequestSigner(KEY, SECRET, "us-east-1", "s3").sign("PUT", PATH, QUERY, headers, PayloadHash.UNSIGNED, NOW);
        return new SignedRequest("PUT", PATH, QUERY, headers);
    }

    @Benchmark
    public Object verifyHeader() {
        return Authentications.now(authenticator.authenticate(request));
    }

    private record FixedClock() implements Clock {
        @Override
        public long wallMillis() {
            return NOW;
        }

        @Override
        public long monotonicNanos() {
            return 0;
        }
    }
}
