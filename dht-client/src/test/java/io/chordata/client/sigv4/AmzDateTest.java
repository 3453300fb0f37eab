package io.chordata.client.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AmzDateTest {
    @Test
    void time_formattedAndParsed_isTheSameToTheSecond() {
        assertThat(AmzDate.format(1369353600999L)).isEqualTo("20130524T000000Z");
        assertThat(AmzDate.parse("20130524T000000Z")).hasValue(1369353600000L);
        assertThat(AmzDate.parse(AmzDate.format(1709210096000L))).hasValue(1709210096000L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "20130524",
                "20130524T000000",
                "20130524T000000ZZ",
                "20130524T0000 0Z",
                "20131324T000000Z",
                "20130230T000000Z",
                "20130524T240000Z",
                "2013-5-4T000000Z",
                "２0130524T000000Z"
            })
    void text_thatIsNoTime_isRefused(String text) {
        assertThat(AmzDate.parse(text)).isEmpty();
    }
}
