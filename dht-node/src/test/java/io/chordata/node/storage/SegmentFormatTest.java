package io.chordata.node.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.core.BlockOwner;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.BucketId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Uint128;
import io.chordata.node.core.UploadId;
import io.chordata.node.sim.SimClock;
import io.chordata.node.sim.SimFileDisk;
import io.chordata.node.sim.SimFiles;
import io.chordata.node.sim.SimRandom;
import io.chordata.node.sim.SimScheduler;
import io.netty.buffer.ByteBufUtil;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The formats on disk, which must never change under their version numbers. {@code segment-v1.bin} was written once by
 * {@link #written} and stays.
 */
class SegmentFormatTest {
    private static final String GOLDEN = "segment-v1.bin";
    private static final long SEGMENT = 0x51;
    private static final long SALT = 0x0123456789abcdefL;

    private static final BlockRef PUT = new BlockRef(new PartitionId(3), body(1), 0);
    private static final BlockRef PART = new BlockRef(new PartitionId(255), body(-2), 7);
    private static final BlockOwner PUT_OWNER =
            new BlockOwner(new BucketId(new Uint128(5, 6)), utf8("key/ä"), null, 0, 1_700_000_000_001L);
    private static final BlockOwner PART_OWNER = new BlockOwner(
            new BucketId(new Uint128(-5, -6)), utf8("k"), new UploadId(new Uint128(7, 8)), 10_000, 1_700_000_000_002L);

    private static BodyId body(long number) {
        return new BodyId(new Uint128(number, ~number));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The first is longer than a chunk. */
    private static byte[] content(BlockRef block) {
        byte[] bytes = new byte[block == PUT ? Checksums.CHUNK_BYTES + 1 : 100];
        Arrays.fill(bytes, (byte) 'x');
        bytes[bytes.length - 1] = '!';
        return bytes;
    }

    /** One commit of two records. */
    private static byte[] written() throws IOException {
        SimFileDisk disk = new SimFileDisk();
        SimFiles files = new SimFiles(disk, new SimRandom(1));
        SegmentFiles segmentFiles = new SegmentFiles(files, 1);
        try (SegmentFiles.Lease lease = segmentFiles.create(SEGMENT)) {
            ByteBuffer header = new SegmentHeader(SEGMENT, SALT, 1_700_000_000_000L).encode();
            SegmentWriter.writeFully(lease.file(), header, 0);
        }
        SegmentTable segments = new SegmentTable();
        Segment segment = segments.add(new SegmentRow(SEGMENT, SALT, SegmentHeader.BYTES, 0, 0, 0, 0));
        SegmentWriter writer =
                new SegmentWriter(segmentFiles, segments, new SimClock(new SimScheduler(1)), new SimRandom(1), 1 << 20);
        writer.resume(segment);
        writer.append(List.of(
                Draft.of(PUT, PUT_OWNER, 1_700_000_000_003L, Buffer.buffer(content(PUT))),
                Draft.of(PART, PART_OWNER, 1_700_000_000_004L, Buffer.buffer(content(PART)))));
        return disk.content(SegmentFiles.name(SEGMENT));
    }

    private static byte[] golden() throws IOException {
        try (InputStream in = SegmentFormatTest.class.getResourceAsStream(GOLDEN)) {
            return Objects.requireNonNull(in, GOLDEN).readAllBytes();
        }
    }

    @Test
    void segment_asWrittenNow_equalsTheGoldenFile() throws IOException {
        assertThat(written()).isEqualTo(golden());
    }

    @Test
    void goldenFile_readNow_givesItsBlocks() throws Exception {
        SimFiles files = new SimFiles(new SimFileDisk(), new SimRandom(1));
        write(files, SegmentFiles.name(SEGMENT), golden());
        SegmentFiles segmentFiles = new SegmentFiles(files, 1);
        SegmentScanner.Commit commit;
        try (SegmentFiles.Lease lease = segmentFiles.open(SEGMENT)) {
            SegmentScanner scanner = new SegmentScanner(SEGMENT, SALT, SegmentHeader.BYTES, 1);
            commit = Objects.requireNonNull(scanner.next(lease.file()));
            assertThat(scanner.next(lease.file())).isNull();
        }
        assertThat(commit.whole()).isTrue();
        assertThat(commit.records()).extracting(found -> found.header().block()).containsExactly(PUT, PART);
        assertThat(commit.records())
                .extracting(found -> found.header().owner())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(PUT_OWNER, PART_OWNER);
        for (SegmentScanner.Found found : commit.records()) {
            BlockRow row = BlockRow.of(found.header(), found.headerCrc());
            Draft draft = new RecordReader(segmentFiles).draft(found.header().block(), row);
            assertThat(ByteBufUtil.getBytes(draft.body()))
                    .isEqualTo(content(PUT.equals(found.header().block()) ? PUT : PART));
        }
    }

    @Test
    void indexRows_asWrittenNow_equalTheGoldenOnes() {
        BlockRow block = new BlockRow(SEGMENT, 4096, 200, 0x01020304, 1 << 20, PART_OWNER);
        SegmentRow segment = new SegmentRow(SEGMENT, SALT, 1 << 20, 300, 17, 900_000, 1);
        HexFormat hex = HexFormat.of();
        assertThat(hex.formatHex(BlockRows.encode(block)))
                .isEqualTo("0101" + "51" + "8020" + "c801" + "01020304" + "808040" + "fffffffffffffffb"
                        + "fffffffffffffffa" + "0000000000000007" + "0000000000000008" + "904e" + "82d095ffbc31"
                        + "6b");
        assertThat(hex.formatHex(BlockRows.encode(segment)))
                .isEqualTo("01" + "0123456789abcdef" + "808040" + "ac02" + "11" + "a0f736" + "01");
        assertThat(hex.formatHex(BlockRows.blockKey(BlockRows.BLOCKS, PART)))
                .isEqualTo("01" + "000000ff" + "fffffffffffffffe" + "0000000000000001" + "00000007");
        assertThat(BlockRows.decodeBlock(BlockRows.encode(block)))
                .usingRecursiveComparison()
                .isEqualTo(block);
        assertThat(BlockRows.decodeSegment(BlockRows.segmentKey(SEGMENT), BlockRows.encode(segment)))
                .isEqualTo(segment);
        assertThat(BlockRows.blockOf(BlockRows.blockKey(BlockRows.BLOCKS, PART)))
                .isEqualTo(PART);
    }

    @Test
    void segment_ofANewerVersion_isRefusedAndLeftAsItIs() throws IOException {
        BlockStoreWorld world = new BlockStoreWorld(1);
        world.write(PUT);
        world.settle();
        world.kill();
        byte[] newer = golden();
        ByteBuffer bytes = ByteBuffer.wrap(newer).putInt(8, 2);
        bytes.putInt(12, Checksums.crcWithout(bytes, 0, SegmentHeader.CHECKED_BYTES, 12));
        SimFiles files = new SimFiles(world.fileDisk, new SimRandom(1));
        write(files, SegmentFiles.name(SEGMENT), newer);
        byte[] torn = world.fileDisk.content(SegmentFiles.name(1));
        assertThatThrownBy(world::start).hasMessageContaining("format version 2");
        assertThat(world.fileDisk.content(SegmentFiles.name(SEGMENT))).isEqualTo(newer);
        assertThat(world.fileDisk.content(SegmentFiles.name(1))).isEqualTo(torn);
    }

    private static void write(SimFiles files, String name, byte[] bytes) throws IOException {
        Files.OpenFile file = files.create(name);
        SegmentWriter.writeFully(file, ByteBuffer.wrap(bytes), 0);
        file.close();
    }

    /** Only to make the golden file of a new version: {@code java … SegmentFormatTest DIRECTORY}. */
    public static void main(String[] arguments) throws IOException {
        java.nio.file.Files.write(Path.of(arguments[0]).resolve(GOLDEN), written());
    }
}
