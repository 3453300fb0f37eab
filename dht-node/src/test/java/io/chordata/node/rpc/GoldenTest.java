package io.chordata.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.chordata.node.core.ClusterId;
import io.chordata.node.core.GoldenFile;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.core.Uint128;
import io.chordata.node.rpc.RpcProtos.Envelope;
import io.chordata.node.rpc.RpcProtos.Kind;
import io.chordata.node.rpc.RpcProtos.Refusal;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of version 1, kept in {@code rpc-golden}: what a node of the last release sends and understands. */
class GoldenTest {
    private static final RpcNode NODE = new RpcNode(
            new ClusterId(new Uint128(0x0102030405060708L, 0x090a0b0c0d0e0f10L)),
            new NodeId(new Uint128(0x1112131415161718L, 0x191a1b1c1d1e1f20L)),
            new Uint128(0x2122232425262728L, 0x292a2b2c2d2e2f30L));

    private enum Golden {
        MESSAGE(Frames.message(Service.RING, Buffer.buffer("a message"))),
        MESSAGE_EMPTY(Frames.message(Service.DIRECTORY, Buffer.buffer())),
        REQUEST(Frames.request(Service.DIRECTORY, 300, 5_000, 0, Buffer.buffer("a request"))),
        REQUEST_OF_A_CLIENT(
                Frames.request(Service.DIRECTORY, 300, 5_000, 0x0123456789abcdefL, Buffer.buffer("a request"))),
        ANSWER(Frames.answer(300, Buffer.buffer("an answer"))),
        ANSWER_EMPTY(Frames.answer(1, Buffer.buffer())),
        REFUSAL_UNKNOWN_SERVICE(Frames.refusal(300, Refusal.UNKNOWN_SERVICE)),
        REFUSAL_FAILED(Frames.refusal(300, Refusal.FAILED)),
        REFUSAL_BUSY(Frames.refusal(300, Refusal.BUSY)),
        REFUSAL_EXPIRED(Frames.refusal(300, Refusal.EXPIRED));

        private final Envelope frame;

        Golden(Envelope frame) {
            this.frame = frame;
        }
    }

    private static byte[] golden(String name) {
        return GoldenFile.bytes("rpc-golden/" + name);
    }

    private static byte[] bytes(Envelope... frames) {
        byte[] bytes = new byte[Arrays.stream(frames).mapToInt(Frames::size).sum()];
        int end = 0;
        for (Envelope frame : frames) {
            end = Frames.write(frame, bytes, end);
        }
        assertThat(end).isEqualTo(bytes.length);
        return bytes;
    }

    @ParameterizedTest
    @EnumSource(Golden.class)
    void frame_ofEachKind_hasTheBytesOfVersionOne(Golden golden) throws IOException {
        assertThat(hex(bytes(golden.frame))).isEqualTo(hex(golden(golden.name())));
        assertThat(read(golden(golden.name()))).containsExactly(golden.frame);
    }

    private static List<Envelope> read(byte[] bytes) throws IOException {
        FrameReader reader = new FrameReader();
        reader.add(bytes);
        List<Envelope> frames = new ArrayList<>();
        for (Envelope frame = reader.next(); frame != null; frame = reader.next()) {
            frames.add(frame);
        }
        return frames;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void hello_ofEachSide_hasTheBytesOfVersionOne() {
        byte[] nonce = HexFormat.of().parseHex("a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebf");
        NodeId expected = new NodeId(new Uint128(0x3132333435363738L, 0x393a3b3c3d3e3f40L));
        Hello dialer = new Hello(1, 2, NODE, expected, nonce);
        Hello listener = new Hello(1, 1, NODE, null, nonce);

        assertThat(hex(dialer.encode())).isEqualTo(hex(golden("HELLO_DIALER")));
        assertThat(hex(listener.encode())).isEqualTo(hex(golden("HELLO_LISTENER")));
        assertThat(Hello.decode(golden("HELLO_DIALER")))
                .usingRecursiveComparison()
                .isEqualTo(dialer);
        assertThat(Hello.decode(golden("HELLO_LISTENER")))
                .usingRecursiveComparison()
                .isEqualTo(listener);
    }

    @Test
    void proofsAndRecords_ofKnownHellos_haveTheBytesOfVersionOne() {
        SessionKeys keys = new SessionKeys(TestNode.SECRET, golden("HELLO_DIALER"), golden("HELLO_LISTENER"));
        byte[] plain = golden("MESSAGE");
        byte[] fromDialer = new byte[RecordKey.sealedBytes(plain.length)];
        byte[] fromListener = fromDialer.clone();
        keys.dialerRecords().seal(plain, 0, plain.length, fromDialer, 0);
        keys.listenerRecords().seal(plain, 0, plain.length, fromListener, 0);

        assertThat(hex(keys.dialerProof())).isEqualTo(hex(golden("PROOF_DIALER")));
        assertThat(hex(keys.listenerProof())).isEqualTo(hex(golden("PROOF_LISTENER")));
        assertThat(hex(fromDialer)).isEqualTo(hex(golden("RECORD_DIALER")));
        assertThat(hex(fromListener)).isEqualTo(hex(golden("RECORD_LISTENER")));
    }

    @Test
    void frames_inRecordsOfAnySize_areReadInOrder() throws IOException {
        List<Envelope> frames = new ArrayList<>();
        for (Golden golden : Golden.values()) {
            frames.add(golden.frame);
        }

        assertThat(read(bytes(frames.toArray(Envelope[]::new)))).isEqualTo(frames);
        FrameReader reader = new FrameReader();
        List<Envelope> piecewise = new ArrayList<>();
        for (byte piece : bytes(frames.toArray(Envelope[]::new))) {
            reader.add(new byte[] {piece});
            Envelope frame = reader.next();
            if (frame != null) {
                piecewise.add(frame);
            }
        }
        assertThat(piecewise).isEqualTo(frames);
    }

    /** What the next release may add: a field 15, a kind 9, a refusal 77. */
    @Test
    void frame_ofANewerRelease_isReadAsFarAsItIsKnown() throws IOException {
        Envelope newer = read(golden("NEWER")).get(0);

        assertThat(newer.getKind()).isEqualTo(Kind.UNRECOGNIZED);
        assertThat(newer.getRequest()).isEqualTo(300);
        assertThat(Refusals.text(newer.getRefusal())).contains("does not know");
        assertThat(Frames.payload(newer)).hasToString("newer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000107",
                "7fffffff0801",
                "ffffffff0801",
                "0000000108",
                "0000000308808008",
                "000000010c",
                "0000000332050a"
            })
    void record_thatHoldsNoFrame_isRefused(String record) {
        assertThatThrownBy(() -> read(HexFormat.of().parseHex(record))).isInstanceOf(IOException.class);
    }

    @Test
    void envelope_ofAnyFrame_staysWithinItsRoom() {
        Envelope longest = Envelope.newBuilder()
                .setKind(Kind.REQUEST)
                .setService(-1)
                .setRequest(-1)
                .setTimeoutMillis(-1)
                .setRefusal(Refusal.EXPIRED)
                .setPayload(ByteString.copyFrom(new byte[1 << 20]))
                .build();

        assertThat(Frames.size(longest)).isLessThanOrEqualTo(Frames.LENGTH_BYTES + Frames.FRAME_BYTES_MAX);
    }
}
