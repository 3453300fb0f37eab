package io.chordata.node.ring.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class WeightTest {
    @Test
    void parse_ofDecimals_isExact() {
        assertThat(Weight.parse("1")).isEqualTo(Weight.ONE);
        assertThat(Weight.parse("2.5")).isEqualTo(new Weight(2_500));
        assertThat(Weight.parse("0.001")).isEqualTo(new Weight(1));
        assertThat(Weight.parse("10000")).isEqualTo(new Weight(10_000_000));
        assertThat(Weight.parse("0.125").toDouble()).isEqualTo(0.125);
        assertThat(Weight.parse("1.500")).hasToString("1.5");
        assertThat(Weight.parse("10")).hasToString("10");
    }

    @Test
    void parse_ofAnythingElse_isRefused() {
        for (String text :
                List.of("", "0", "0.000", "-1", "1e3", "1.", ".5", "0.0001", "10000.001", "99999", "NaN", " 1")) {
            assertThatThrownBy(() -> Weight.parse(text)).as("'%s'", text).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void weights_ofDisks_areTheirTebibytes() {
        assertThat(Weight.ofCapacity(1L << 40)).isEqualTo(Weight.ONE);
        assertThat(Weight.ofCapacity(8_001_563_222_016L)).as("8 TB").hasToString("7.277");
        assertThat(Weight.ofCapacity(100L << 30)).hasToString("0.098");
        assertThat(Weight.ofCapacity(1 << 20)).as("a tiny one").hasToString("0.001");
        assertThat(Weight.ofCapacity(0)).as("one that does not say").hasToString("0.001");
        assertThat(Weight.ofCapacity(Long.MAX_VALUE)).hasToString("10000");
    }

    @Test
    void positions_ofWeights_areRoundedAndBounded() {
        assertThat(Weight.ONE.positions(32)).isEqualTo(32);
        assertThat(Weight.parse("2").positions(32)).isEqualTo(64);
        assertThat(Weight.parse("0.5").positions(32)).isEqualTo(16);
        assertThat(Weight.parse("0.015").positions(32)).as("0.48 places").isEqualTo(1);
        assertThat(Weight.parse("0.047").positions(32)).as("1.504 places").isEqualTo(2);
        assertThat(Weight.parse("32").positions(32)).isEqualTo(1_024);
        assertThat(Weight.parse("10000").positions(1_024)).isEqualTo(1_024);
        assertThatThrownBy(() -> Weight.ONE.positions(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Weight.ONE.positions(1_025)).isInstanceOf(IllegalArgumentException.class);
    }
}
