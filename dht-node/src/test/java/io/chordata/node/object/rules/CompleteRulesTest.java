package io.chordata.node.object.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.chordata.node.object.rules.MessageProtos.Answer;
import io.chordata.node.object.rules.MessageProtos.Command;
import io.chordata.node.object.rules.MessageProtos.CompleteUpload;
import io.chordata.node.object.rules.MessageProtos.CreateUpload;
import io.chordata.node.object.rules.MessageProtos.PutPart;
import io.chordata.node.object.rules.RowProtos.Algorithm;
import io.chordata.node.object.rules.RowProtos.Body;
import io.chordata.node.object.rules.RowProtos.Checksum;
import io.chordata.node.object.rules.RowProtos.ChecksumType;
import io.chordata.node.object.rules.RowProtos.Part;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class CompleteRulesTest {
    private static final int PARTS = 10_000;
    private static final long PART_BYTES = 5L << 30;
    private static final ByteString KEY = ByteString.copyFromUtf8("key");
    private static final ByteString UPLOAD = id(77);

    private final Rules rules = new Rules();

    private static ByteString id(int number) {
        return ByteString.copyFrom(
                ByteBuffer.allocate(RowKeys.ID_BYTES).putInt(number).array());
    }

    private void uploadAll() {
        rules.apply(Command.newBuilder()
                .setCreateUpload(CreateUpload.newBuilder()
                        .setKey(KEY)
                        .setUpload(UPLOAD)
                        .setAlgorithm(Algorithm.CRC64NVME)
                        .setChecksumType(ChecksumType.FULL_OBJECT)));
        for (int number = 1; number <= PARTS; number++) {
            rules.apply(Command.newBuilder()
                    .setPutPart(
                            PutPart.newBuilder().setKey(KEY).setUpload(UPLOAD).setPart(part(number))));
        }
    }

    private Part part(int number) {
        return Part.newBuilder()
                .setNumber(number)
                .setSize(PART_BYTES)
                .setEtag(id(number))
                .setChecksum(Checksum.newBuilder()
                        .setAlgorithm(Algorithm.CRC64NVME)
                        .setType(ChecksumType.FULL_OBJECT)
                        .setValue(id(number).substring(0, 8)))
                .setBody(Body.newBuilder()
                        .setId(id(number))
                        .setSize(PART_BYTES)
                        .setBlockBytes(1 << 20)
                        .setStartedMillis(rules.timeMillis))
                .build();
    }

    private static Command.Builder complete() {
        CompleteUpload.Builder complete =
                CompleteUpload.newBuilder().setKey(KEY).setUpload(UPLOAD);
        for (int number = 1; number <= PARTS; number++) {
            complete.addParts(
                    CompleteUpload.NamedPart.newBuilder().setNumber(number).setEtag(id(number)));
        }
        return Command.newBuilder().setCompleteUpload(complete);
    }

    @Test
    void ten_thousand_parts_become_one_object_in_linear_time() {
        uploadAll();
        int before = rules.rows.steps();
        Answer answer = rules.apply(complete());
        assertThat(answer.getHead().getParts()).isEqualTo(PARTS);
        assertThat(answer.getHead().getSize()).isEqualTo(PARTS * PART_BYTES);
        assertThat(answer.getHead().getChecksum().getType()).isEqualTo(ChecksumType.FULL_OBJECT);
        assertThat(rules.rows.steps() - before).isLessThan(2 * PARTS);
        assertThat(rules.rows.count(Tables.PARTS)).isZero();
        assertThat(rules.rows.count(Tables.UPLOADS)).isZero();
        assertThat(rules.apply(complete())).isEqualTo(answer);
    }

    @Test
    void same_commands_give_the_same_rows() {
        uploadAll();
        rules.apply(complete());
        CompleteRulesTest other = new CompleteRulesTest();
        other.uploadAll();
        other.rules.apply(complete());
        assertThat(other.rules.rows.digest()).isEqualTo(rules.rows.digest());
    }

    @Test
    void manifest_of_ten_thousand_parts_stays_below_two_megabytes() {
        uploadAll();
        rules.apply(complete());
        byte[] row = rules.rows.get(Tables.CONTENTS, contentKey());
        assertThat(row).isNotNull().hasSizeLessThan(2 << 20);
    }

    private byte[] contentKey() {
        return RowKeys.content(Rules.SHARD, KEY, PARTS + 3);
    }
}
