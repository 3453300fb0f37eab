package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.clients.JavaClients;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** 100,000 keys, listed page by page in each way that S3 knows: complete and in order. */
class ListingIT {
    @RegisterExtension
    static final ChordataServer SERVER = ChordataServer.measured();

    private static final int FOLDERS = 1_000;
    private static final int KEYS_PER_FOLDER = 100;
    private static final int FIRST_PAGE_MILLIS_MAX = 500;
    private static final int ROUNDS = 20;
    private static final String BUCKET = "listing";
    private static final List<String> KEYS = keys();

    private final S3Client s3 = JavaClients.aws(SERVER.process());

    private static List<String> keys() {
        List<String> keys = new ArrayList<>();
        for (int folder = 0; folder < FOLDERS; folder++) {
            for (int key = 0; key < KEYS_PER_FOLDER; key++) {
                keys.add(String.format(Locale.ROOT, "folder-%03d/key-%02d", folder, key));
            }
        }
        return keys;
    }

    @BeforeAll
    static void load() {
        try (S3Client s3 = JavaClients.aws(SERVER.process())) {
            s3.createBucket(create -> create.bucket(BUCKET));
        }
        long begin = System.nanoTime();
        BulkLoad.put(SERVER.process(), BUCKET, KEYS);
        Figures.note("listing: " + KEYS.size() + " objects put in " + millisSince(begin) + " ms");
    }

    @AfterAll
    static void forget() {
        Figures.note(
                "listing: server's resident memory peak " + (SERVER.process().residentPeakBytes() >> 20) + " MiB");
    }

    @Test
    void listV2_withoutDelimiter_isCompleteAndOrdered() {
        long begin = System.nanoTime();
        List<String> listed = s3.listObjectsV2Paginator(list -> list.bucket(BUCKET)).contents().stream()
                .map(S3Object::key)
                .toList();
        long millis = millisSince(begin);
        Figures.note("listing: " + listed.size() + " keys page by page in " + millis + " ms, "
                + listed.size() * 1000L / millis + " keys/s");
        assertThat(listed).isEqualTo(KEYS);
    }

    @Test
    void listV1_withoutDelimiter_isCompleteAndOrdered() {
        List<String> listed = new ArrayList<>();
        ListObjectsResponse page;
        do {
            String marker = listed.isEmpty() ? null : listed.get(listed.size() - 1);
            page = s3.listObjects(list -> list.bucket(BUCKET).marker(marker));
            page.contents().forEach(object -> listed.add(object.key()));
        } while (page.isTruncated());
        assertThat(listed).isEqualTo(KEYS);
    }

    @Test
    void listV2_withDelimiter_rollsUpEachFolderOnce() {
        TreeSet<String> folders = new TreeSet<>();
        KEYS.forEach(key -> folders.add(key.substring(0, key.indexOf('/') + 1)));
        assertThat(s3
                        .listObjectsV2Paginator(
                                list -> list.bucket(BUCKET).delimiter("/").maxKeys(300))
                        .commonPrefixes()
                        .stream()
                        .map(CommonPrefix::prefix))
                .containsExactlyElementsOf(folders);
    }

    @Test
    void listV2_ofOneFolder_givesItsKeysOnly() {
        assertThat(s3
                        .listObjectsV2Paginator(list ->
                                list.bucket(BUCKET).prefix("folder-500/").delimiter("/"))
                        .contents()
                        .stream()
                        .map(S3Object::key))
                .isEqualTo(KEYS.subList(500 * KEYS_PER_FOLDER, 501 * KEYS_PER_FOLDER));
    }

    @Test
    void firstPage_withAndWithoutDelimiter_comesSoon() {
        long plain = medianMillis(() -> s3.listObjectsV2(list -> list.bucket(BUCKET)));
        long folders =
                medianMillis(() -> s3.listObjectsV2(list -> list.bucket(BUCKET).delimiter("/")));
        Figures.note("listing: first page of 1,000 of " + KEYS.size() + ", median of " + ROUNDS + ": " + plain
                + " ms, with delimiter " + folders + " ms");
        assertThat(plain).isLessThan(FIRST_PAGE_MILLIS_MAX);
        assertThat(folders).isLessThan(FIRST_PAGE_MILLIS_MAX);
    }

    private static long medianMillis(Supplier<ListObjectsV2Response> page) {
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            assertThat(page.get().keyCount()).isEqualTo(1000);
            millis.add(millisSince(begin));
        }
        return millis.stream().sorted().toList().get(ROUNDS / 2);
    }

    private static long millisSince(long nanos) {
        return Math.max(1, (System.nanoTime() - nanos) / 1_000_000);
    }
}
