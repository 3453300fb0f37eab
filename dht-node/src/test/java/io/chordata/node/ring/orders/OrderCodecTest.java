package io.chordata.node.ring.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.view.Departure;
import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrderCodecTest {
    private static final NodeId NODE = new NodeId(new Uint128(1, 2));

    @ParameterizedTest
    @EnumSource(Departure.class)
    void order_encoded_isTheSameAgain(Departure departure) {
        DepartureOrder order = new DepartureOrder(NODE, departure, "root");
        assertThat(OrderCodec.order(OrderCodec.encode(order))).isEqualTo(order);
    }

    @Test
    void order_ofThisRelease_isTheseBytes() {
        Buffer bytes = OrderCodec.encode(new DepartureOrder(NODE, Departure.DRAIN, "root"));
        assertThat(HexFormat.of().formatHex(bytes.getBytes()))
                .isEqualTo("08021204726f6f741a1000000000000000010000000000000002");
    }

    @Test
    void reply_encoded_isTheSameAgain() {
        assertThat(OrderCodec.refusal(OrderCodec.reply(null))).isNull();
        assertThat(OrderCodec.refusal(OrderCodec.reply("too few nodes"))).isEqualTo("too few nodes");
    }

    @Test
    void bytes_thatAreNoOrder_areRefused() {
        SplittableRandom random = new SplittableRandom(20261127);
        byte[] good = OrderCodec.encode(new DepartureOrder(NODE, Departure.DRAIN, "root"))
                .getBytes();
        assertThatThrownBy(() -> OrderCodec.order(Buffer.buffer())).isInstanceOf(IllegalArgumentException.class);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = good.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            try {
                assertThat(OrderCodec.order(Buffer.buffer(bytes)).askedBy()).isNotEmpty();
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageNotContaining("null");
            }
        }
    }
}
