package io.chordata.client.multipart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartPlanTest {
    private static final long MIB = 1 << 20;
    private static final long TIB = 1L << 40;

    @ParameterizedTest
    @CsvSource({"0,1,0", "1,1,1", "8388608,1,8388608", "8388609,2,1", "20971520,3,4194304"})
    void body_ofSomeLength_isCutIntoFullPartsAndARest(long length, int count, long last) {
        PartPlan plan = PartPlan.of(length, 8 * MIB);

        assertThat(plan.count()).isEqualTo(count);
        assertThat(plan.length(count)).isEqualTo(last);
        assertThat(plan.offset(count)).isEqualTo((count - 1L) * 8 * MIB);
    }

    @Test
    void parts_ofAnyPlan_coverTheBodyWithoutAGap() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            long length = (long) (random.nextDouble() * random.nextDouble() * 5 * TIB);
            PartPlan plan = PartPlan.of(length, (5 + random.nextInt(60)) * MIB);
            long at = 0;
            assertThat(plan.count()).isLessThanOrEqualTo(PartPlan.MAX_PARTS);
            for (int number = 1; number <= plan.count(); number++) {
                assertThat(plan.offset(number)).isEqualTo(at);
                at += plan.length(number);
            }
            assertThat(at).isEqualTo(length);
        }
    }

    @Test
    void body_tooLongForPartsOfThatSize_getsLargerOnes() {
        PartPlan plan = PartPlan.of(5 * TIB, 8 * MIB);

        assertThat(plan.count()).isLessThanOrEqualTo(10_000);
        assertThat(plan.partBytes()).isEqualTo(525 * MIB);
        assertThatThrownBy(() -> new PartPlan(5 * TIB, 8 * MIB)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void parts_ofABodyWithoutAnEnd_grow() {
        assertThat(PartPlan.growingPartBytes(1, 8 * MIB)).isEqualTo(8 * MIB);
        assertThat(PartPlan.growingPartBytes(1_000, 8 * MIB)).isEqualTo(8 * MIB);
        assertThat(PartPlan.growingPartBytes(1_001, 8 * MIB)).isEqualTo(16 * MIB);
        assertThat(PartPlan.growingPartBytes(10_000, 64 * MIB)).isEqualTo(5L << 30);
    }

    @ParameterizedTest
    @CsvSource({"5242879", "5368709121", "0", "-1"})
    void partSize_outsideOfWhatS3Takes_isRefused(long partBytes) {
        assertThatThrownBy(() -> PartPlan.of(1, partBytes)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void eTag_ofParts_isAsS3MakesIt() {
        List<String> parts = List.of("d41d8cd98f00b204e9800998ecf8427e", "0cc175b9c0f1b6a831c399e269772661");

        assertThat(UploadETag.of(parts)).contains("68083ea43d0307eecfa2b4749f19df15-2");
        assertThat(UploadETag.of(List.of("not-an-md5"))).isEmpty();
        assertThat(UploadETag.of(List.of())).isEmpty();
    }
}
