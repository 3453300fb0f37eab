package io.chordata.node.process;

import io.chordata.client.sigv4.Hex;
import io.chordata.client.sigv4.UriEncoding;
import io.chordata.node.history.Condition;
import io.chordata.node.history.ListingOracle;
import io.chordata.node.history.Outcome;
import io.chordata.node.history.Version;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One node as a client of S3 sees it, over all its starts. Each method makes one request, and says what is certain of its
 * outcome: after any 5xx, time-out or lost connection nothing is, but where no connection came about.
 */
final class S3Door {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final Pattern CODE = Pattern.compile("<Code>([^<]+)</Code>");
    private static final Pattern KEY = Pattern.compile("<Key>([^<]+)</Key>");
    private static final String NO_SUCH_KEY = "NoSuchKey";
    /** The one other refusal that is right: of a body that came too slowly. */
    private static final String REQUEST_TIMEOUT = "RequestTimeout";

    private final SignedHttp http;
    private final String bucket;
    private final LoadCounts counts;
    private volatile long avoidedUntilNanos = System.nanoTime();

    S3Door(ChordataProcess process, String bucket, LoadCounts counts) {
        this.http = new SignedHttp(process);
        this.bucket = bucket;
        this.counts = counts;
    }

    /** Nobody listened there a moment ago. */
    boolean isAvoided() {
        return System.nanoTime() - avoidedUntilNanos < 0;
    }

    static Version version(TestBody body) {
        return Version.plain(md5(body.bytes()));
    }

    Outcome put(String key, TestBody body, Condition condition) {
        byte[] bytes = body.bytes();
        return write(conditional(request("PUT", key), condition).PUT(BodyPublishers.ofByteArray(bytes)), md5(bytes));
    }

    Outcome delete(String key, Condition condition) {
        return write(conditional(request("DELETE", key), condition).DELETE(), "");
    }

    Outcome get(String key) {
        return outcome(request("GET", key), answer -> Outcome.seen(new Version(md5(answer.body()), eTag(answer))));
    }

    Outcome head(String key) {
        return outcome(
                request("HEAD", key).method("HEAD", BodyPublishers.noBody()), answer -> Outcome.seenETag(eTag(answer)));
    }

    /** @param eTag what the answer must say, empty for nothing */
    private Outcome write(HttpRequest.Builder request, String eTag) {
        return outcome(request, answer -> {
            if (!eTag(answer).equals(eTag)) {
                counts.wrong(answer.request().uri().getPath() + " has ETag " + eTag(answer) + ", not " + eTag);
            }
            return Outcome.DONE;
        });
    }

    private interface Reading {
        Outcome of(HttpResponse<byte[]> success);
    }

    private Outcome outcome(HttpRequest.Builder request, Reading reading) {
        HttpResponse<byte[]> answer;
        try {
            answer = http.sendWithin(TIMEOUT, request.build());
        } catch (ConnectException nobodyListens) {
            avoidedUntilNanos = System.nanoTime() + Duration.ofMillis(300).toNanos();
            return Outcome.REFUSED;
        } catch (IOException lost) {
            return Outcome.UNKNOWN;
        }
        return answer.statusCode() / 100 == 2 ? reading.of(answer) : failure(answer);
    }

    private Outcome failure(HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        if (status / 100 == 5) {
            if (status == 503 && answer.headers().firstValue("Retry-After").isEmpty()) {
                counts.wrong(describe(answer) + " without Retry-After");
            }
            return Outcome.UNKNOWN;
        }
        String code = code(answer);
        if (status == 412) {
            return Outcome.CONDITION_FAILED;
        }
        if (status == 404
                && (code.equals(NO_SUCH_KEY) || answer.request().method().equals("HEAD"))) {
            return Outcome.MISSING;
        }
        if (!code.equals(REQUEST_TIMEOUT)) {
            counts.wrong(describe(answer));
        }
        return Outcome.REFUSED;
    }

    /** The whole listing of the bucket, page by page: what is wrong with it. */
    List<String> checkListing(ListingOracle oracle, int pageKeys) throws IOException {
        ListingOracle.Walk walk = oracle.walk("", "", "");
        String after = "";
        while (!walk.isOver()) {
            ListingOracle.Page page = walk.ask();
            HttpResponse<byte[]> answer;
            try {
                answer = http.sendWithin(TIMEOUT, list(after, pageKeys));
                if (answer.statusCode() != 200) {
                    throw new IOException(describe(answer));
                }
            } catch (IOException e) {
                page.failed();
                throw e;
            }
            String text = new String(answer.body(), StandardCharsets.UTF_8);
            List<String> keys =
                    KEY.matcher(text).results().map(found -> found.group(1)).toList();
            List<String> complaints = page.answer(keys, List.of(), text.contains("<IsTruncated>true<"));
            if (!complaints.isEmpty()) {
                return complaints;
            }
            after = keys.isEmpty() ? after : keys.get(keys.size() - 1);
        }
        return List.of();
    }

    private HttpRequest list(String after, int pageKeys) {
        String query = "list-type=2&max-keys=" + pageKeys + "&start-after=" + UriEncoding.encode(after);
        return http.request("GET", "/" + bucket, query).build();
    }

    private HttpRequest.Builder request(String method, String key) {
        return http.request(method, SignedHttp.path(bucket, key), "");
    }

    private static HttpRequest.Builder conditional(HttpRequest.Builder request, Condition condition) {
        if (condition.equals(Condition.NONE)) {
            return request;
        }
        if (condition.equals(Condition.IF_NONE_MATCH)) {
            return request.header("If-None-Match", "*");
        }
        return request.header(
                "If-Match", condition.equals(Condition.IF_MATCH_ANY) ? "*" : '"' + condition.eTag() + '"');
    }

    private static String eTag(HttpResponse<?> answer) {
        return answer.headers().firstValue("ETag").orElse("").replace("\"", "");
    }

    private static String code(HttpResponse<byte[]> answer) {
        Matcher code = CODE.matcher(new String(answer.body(), StandardCharsets.UTF_8));
        return code.find() ? code.group(1) : "";
    }

    private static String describe(HttpResponse<byte[]> answer) {
        return answer.request().method() + " " + answer.request().uri().getAuthority()
                + answer.request().uri().getPath() + ": " + answer.statusCode() + " " + code(answer);
    }

    private static String md5(byte[] bytes) {
        try {
            return Hex.of(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
