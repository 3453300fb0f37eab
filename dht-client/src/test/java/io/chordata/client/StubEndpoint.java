package io.chordata.client;

import io.chordata.client.checksum.ChecksumAlgorithm;
import io.chordata.client.checksum.RunningChecksum;
import io.chordata.client.multipart.UploadETag;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * An S3 endpoint in memory that does to the next requests what a test tells it: refuses, breaks, falls silent, lies. Checks
 * no signature; decodes {@code aws-chunked}.
 */
final class StubEndpoint implements AutoCloseable {
    private static final String OBJECT_TYPE = "text/x-stub";

    private final Map<String, Stored> objects = new ConcurrentSkipListMap<>();
    private final Map<String, ConcurrentSkipListMap<Integer, Buffer>> uploads = new ConcurrentSkipListMap<>();
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();
    private final HttpServer server;
    private volatile MultiMap everyAnswer = MultiMap.caseInsensitiveMultiMap();
    private final Set<String> done = ConcurrentHashMap.newKeySet();
    private volatile boolean knowsAgain;
    private volatile boolean listsForEver;
    private volatile String routing = "";

    /** An object. */
    record Stored(Buffer bytes, MultiMap headers) {
        String eTag() {
            return md5(bytes);
        }
    }

    /** A request that came. */
    record Seen(String method, String uri, MultiMap headers) {
        String line() {
            return method + ' ' + uri;
        }
    }

    /** What happens to one request instead of an answer, or with it. */
    record Fault(Kind kind, int status, String code, int bytes) {
        enum Kind {
            NONE,
            REFUSE,
            BREAK_AT_ONCE,
            DO_THEN_BREAK,
            BREAK_IN_BODY,
            PAUSE_IN_BODY,
            SILENT,
            LIE_ABOUT_CHECKSUM,
            ERROR_BEHIND_200,
            SKEWED,
            SUCCESS_AT_ONCE
        }

        static Fault of(Kind kind) {
            return new Fault(kind, 0, "", 0);
        }

        static Fault refuse(int status, String code) {
            return new Fault(Kind.REFUSE, status, code, 0);
        }

        static Fault pauseAfter(int bytes) {
            return new Fault(Kind.PAUSE_IN_BODY, 0, "", bytes);
        }

        static Fault breakAfter(int bytes) {
            return new Fault(Kind.BREAK_IN_BODY, 0, "", bytes);
        }
    }

    StubEndpoint(Vertx vertx) {
        this(vertx, 0);
    }

    StubEndpoint(Vertx vertx, int port) {
        server = vertx.createHttpServer().requestHandler(this::receive);
        server.listen(port, "127.0.0.1").await();
    }

    String url() {
        return "http://" + address();
    }

    String address() {
        return "127.0.0.1:" + server.actualPort();
    }

    int port() {
        return server.actualPort();
    }

    Map<String, Stored> objects() {
        return objects;
    }

    /** Of an object that must be there. */
    Buffer bytes(String path) {
        return Objects.requireNonNull(objects.get(path), path).bytes();
    }

    Map<String, ConcurrentSkipListMap<Integer, Buffer>> uploads() {
        return uploads;
    }

    void next(Fault... some) {
        faults.addAll(List.of(some));
    }

    /** Each answer has that header from now on. */
    void answerWith(String name, String value) {
        everyAnswer = MultiMap.caseInsensitiveMultiMap().addAll(everyAnswer).set(name, value);
    }

    /** A conditional put is known by its name from now on, as a cluster does it. */
    void knowAgain() {
        knowsAgain = true;
    }

    /** Each page of parts is the first one, and says that more follow. */
    void listPartsForEver() {
        listsForEver = true;
    }

    /** Waits until a request that begins so was answered. */
    void answered(String line) {
        waitUntil(() -> lines().stream().anyMatch(seen -> seen.startsWith(line)) && underWay.get() == 0);
    }

    /** Waits for that many requests. */
    void reached(int requests) {
        waitUntil(() -> seen.size() >= requests);
    }

    private void waitUntil(BooleanSupplier condition) {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("only " + lines());
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Answers the question who holds what from now on. */
    void tellRouting(String json) {
        routing = json;
    }

    List<Seen> seen() {
        return new ArrayList<>(seen);
    }

    List<String> lines() {
        return seen.stream().map(Seen::line).toList();
    }

    int mostUnderWay() {
        return mostUnderWay.get();
    }

    @Override
    public void close() {
        server.close().await();
    }

    private void receive(HttpServerRequest request) {
        seen.add(new Seen(
                request.method().name(),
                request.uri(),
                MultiMap.caseInsensitiveMultiMap().addAll(request.headers())));
        mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        request.response().closeHandler(closed -> {});
        request.response().endHandler(ended -> underWay.decrementAndGet());
        boolean question = request.uri().startsWith("/?chordata-routing");
        Fault next = question ? null : faults.poll();
        Fault fault = next == null ? Fault.of(Fault.Kind.NONE) : next;
        everyAnswer.forEach((name, value) -> request.response().putHeader(name, value));
        switch (fault.kind()) {
            case REFUSE -> {
                if (request.headers().contains("Expect")) {
                    refuse(request, fault.status(), fault.code());
                } else {
                    request.body().onComplete(read -> refuse(request, fault.status(), fault.code()));
                }
            }
            case BREAK_AT_ONCE -> request.connection().close();
            case SILENT -> request.body();
            case SUCCESS_AT_ONCE ->
                request.response().putHeader("ETag", "early").end();
            case SKEWED -> skewed(request);
            default ->
                request.body().onSuccess(body -> {
                    if (request.headers().contains("Expect")) {
                        seen.add(new Seen("EXPECTED", request.uri(), request.headers()));
                    }
                    answer(request, decoded(request, body), fault);
                });
        }
        if (request.headers().contains("Expect") && fault.kind() == Fault.Kind.NONE) {
            request.response().writeContinue();
        }
    }

    private void skewed(HttpServerRequest request) {
        request.response().putHeader("Date", "Fri, 01 Jan 2027 00:00:00 GMT");
        boolean right = request.getHeader("x-amz-date").startsWith("20270101T0000");
        request.body().onComplete(read -> {
            if (right) {
                request.response().end();
            } else {
                faults.add(Fault.of(Fault.Kind.SKEWED));
                refuse(request, 403, "RequestTimeTooSkewed");
            }
        });
    }

    private static void refuse(HttpServerRequest request, int status, String code) {
        request.response()
                .setStatusCode(status)
                .putHeader("x-amz-request-id", "R1")
                .end("<Error><Code>" + code + "</Code><Message>as told</Message></Error>");
    }

    private void answer(HttpServerRequest request, Buffer body, Fault fault) {
        HttpServerResponse response = request.response();
        String path = request.path();
        boolean isObject = path.indexOf('/', 1) > 0;
        if (request.uri().startsWith("/?chordata-routing")) {
            response.setStatusCode(routing.isEmpty() ? 501 : 200).end(routing);
            return;
        }
        if (fault.kind() == Fault.Kind.ERROR_BEHIND_200) {
            response.end("<Error><Code>InternalError</Code><Message>late</Message></Error>");
            return;
        }
        Consumer<String> end = fault.kind() == Fault.Kind.DO_THEN_BREAK
                ? text -> request.connection().close()
                : response::end;
        switch (request.method().name()) {
            case "PUT" -> put(request, path, isObject, body, end);
            case "POST" -> post(request, path, body, end);
            case "DELETE" -> {
                String id = request.getParam("uploadId");
                if (id != null) {
                    uploads.remove(id);
                } else {
                    objects.remove(path);
                }
                response.setStatusCode(204);
                end.accept("");
            }
            default -> read(request, path, isObject, fault);
        }
    }

    private void put(HttpServerRequest request, String path, boolean isObject, Buffer body, Consumer<String> end) {
        String id = request.getParam("uploadId");
        request.response().putHeader("ETag", '"' + md5(body) + '"');
        if (id != null) {
            boolean isCopy = request.headers().contains("x-amz-copy-source");
            Buffer part = isCopy ? copiedRange(request) : body;
            Objects.requireNonNull(uploads.get(id)).put(Integer.parseInt(request.getParam("partNumber")), part);
            end.accept(isCopy ? "<CopyPartResult><ETag>\"" + md5(part) + "\"</ETag></CopyPartResult>" : "");
            return;
        } else if (isObject
                && request.headers().contains("If-None-Match")
                && objects.containsKey(path)
                && !isKnown(request)) {
            refuse(request, 412, "PreconditionFailed");
            return;
        } else if (request.headers().contains("x-amz-copy-source")) {
            objects.put(path, Objects.requireNonNull(objects.get(request.getHeader("x-amz-copy-source"))));
            end.accept("<CopyObjectResult><ETag>\"copied\"</ETag></CopyObjectResult>");
            return;
        } else if (isObject) {
            done.add(request.getHeader("amz-sdk-invocation-id"));
            objects.put(
                    path, new Stored(body, MultiMap.caseInsensitiveMultiMap().addAll(request.headers())));
        }
        end.accept("");
    }

    private Buffer copiedRange(HttpServerRequest request) {
        Stored source = Objects.requireNonNull(objects.get(request.getHeader("x-amz-copy-source")));
        String[] ends = request.getHeader("x-amz-copy-source-range")
                .substring("bytes=".length())
                .split("-", 2);
        return source.bytes().slice(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]) + 1);
    }

    private boolean isKnown(HttpServerRequest request) {
        return knowsAgain && done.contains(request.getHeader("amz-sdk-invocation-id"));
    }

    private void post(HttpServerRequest request, String path, Buffer body, Consumer<String> end) {
        String id = request.getParam("uploadId");
        if (request.uri().contains("?delete")) {
            end.accept("<DeleteResult>"
                    + body.toString()
                            .replaceAll("(?s)^.*?<Delete[^>]*>|</Delete>", "")
                            .replace("Object>", "Deleted>")
                    + "</DeleteResult>");
        } else if (id == null) {
            String made = "u" + (uploads.size() + 1);
            uploads.put(made, new ConcurrentSkipListMap<>());
            end.accept(
                    "<InitiateMultipartUploadResult><UploadId>" + made + "</UploadId></InitiateMultipartUploadResult>");
        } else if (!uploads.containsKey(id)) {
            refuse(request, 404, "NoSuchUpload");
        } else {
            Buffer whole = Buffer.buffer();
            List<String> eTags = new ArrayList<>();
            uploads.remove(id).values().forEach(part -> {
                whole.appendBuffer(part);
                eTags.add(md5(part));
            });
            String eTag = UploadETag.of(eTags).orElse("none");
            objects.put(
                    path, new Stored(whole, MultiMap.caseInsensitiveMultiMap().set("stub-etag", eTag)));
            end.accept("<CompleteMultipartUploadResult><ETag>\"" + eTag + "\"</ETag></CompleteMultipartUploadResult>");
        }
    }

    private void read(HttpServerRequest request, String path, boolean isObject, Fault fault) {
        String id = request.getParam("uploadId");
        if (id != null) {
            listParts(request, id);
            return;
        }
        Stored stored = objects.get(path);
        if (!isObject) {
            request.response().end("<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>");
        } else if (stored == null) {
            refuse(request, 404, "NoSuchKey");
        } else {
            send(request, stored, fault);
        }
    }

    private void listParts(HttpServerRequest request, String id) {
        StringBuilder text = new StringBuilder("<ListPartsResult><IsTruncated>" + listsForEver + "</IsTruncated>");
        uploads.getOrDefault(id, new ConcurrentSkipListMap<>())
                .forEach((number, part) -> text.append("<Part><PartNumber>")
                        .append(number)
                        .append("</PartNumber><Size>")
                        .append(part.length())
                        .append("</Size><ETag>")
                        .append(md5(part))
                        .append("</ETag></Part>"));
        request.response().end(text + "</ListPartsResult>");
    }

    private static void send(HttpServerRequest request, Stored stored, Fault fault) {
        HttpServerResponse response = request.response();
        String range = request.getHeader("Range");
        int first = 0;
        int last = stored.bytes().length() - 1;
        if (range != null) {
            String[] ends = range.substring("bytes=".length()).split("-", 2);
            first = Integer.parseInt(ends[0]);
            last = ends[1].isEmpty() ? last : Math.min(last, Integer.parseInt(ends[1]));
            response.setStatusCode(206)
                    .putHeader(
                            "Content-Range",
                            "bytes " + first + '-' + last + '/' + stored.bytes().length());
        } else {
            RunningChecksum checksum = ChecksumAlgorithm.CRC32C.start();
            checksum.update(fault.kind() == Fault.Kind.LIE_ABOUT_CHECKSUM ? Buffer.buffer("other") : stored.bytes());
            response.putHeader("x-amz-checksum-crc32c", checksum.text());
        }
        String ifMatch = request.getHeader("If-Match");
        String eTag = stored.headers().contains("stub-etag") ? stored.headers().get("stub-etag") : stored.eTag();
        if (ifMatch != null && !ifMatch.equals('"' + eTag + '"')) {
            refuse(request, 412, "PreconditionFailed");
            return;
        }
        stored.headers().forEach((name, value) -> {
            if (name.toLowerCase(Locale.ROOT).startsWith("x-amz-meta-")) {
                response.putHeader(name, value);
            }
        });
        Buffer bytes = stored.bytes().slice(first, last + 1);
        response.putHeader("ETag", '"' + eTag + '"')
                .putHeader("Content-Type", OBJECT_TYPE)
                .putHeader("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT")
                .putHeader("Content-Length", Integer.toString(bytes.length()));
        if (fault.kind() == Fault.Kind.BREAK_IN_BODY) {
            response.write(bytes.slice(0, fault.bytes()))
                    .onComplete(written -> request.connection().close());
        } else if (fault.kind() == Fault.Kind.PAUSE_IN_BODY) {
            response.write(bytes.slice(0, fault.bytes()));
        } else if (request.method().name().equals("HEAD")) {
            response.end();
        } else {
            response.end(bytes);
        }
    }

    private static Buffer decoded(HttpServerRequest request, Buffer body) {
        String hash = String.valueOf(request.getHeader("x-amz-content-sha256"));
        if (!hash.startsWith("STREAMING")) {
            return body;
        }
        Buffer plain = Buffer.buffer();
        int at = 0;
        while (true) {
            int end = at;
            while (body.getByte(end) != '\r') {
                end++;
            }
            int size = Integer.parseInt(body.getString(at, end).split(";", 2)[0], 16);
            if (size == 0) {
                return plain;
            }
            plain.appendBuffer(body, end + 2, size);
            at = end + 2 + size + 2;
        }
    }

    static String md5(Buffer bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes.getBytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
