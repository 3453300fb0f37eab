package io.chordata.node.ring.directory;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The table as it is kept on disk: eight bytes {@code chordirN} with N the format, the CRC32C of the rest in four bytes, then an
 * {@code Image} of {@code directory.proto}. Each table that was written is read whole or not at all.
 */
final class ImageCodec {
    private static final byte FORMAT = 1;
    private static final byte[] MAGIC = {'c', 'h', 'o', 'r', 'd', 'i', 'r', FORMAT};
    private static final int HEADER_BYTES = MAGIC.length + Integer.BYTES;

    private ImageCodec() {}

    static byte[] encode(List<Member> members) {
        DirectoryProtos.Image.Builder image = DirectoryProtos.Image.newBuilder();
        members.forEach(member -> image.addNodes(NodeCodec.encode(new Update(member, null, null))));
        byte[] body = image.build().toByteArray();
        return ByteBuffer.allocate(HEADER_BYTES + body.length)
                .put(MAGIC)
                .putInt(checksum(body))
                .put(body)
                .array();
    }

    static List<Member> decode(byte[] bytes) throws MalformedException {
        if (bytes.length < HEADER_BYTES) {
            throw new MalformedException("it has " + bytes.length + " bytes");
        }
        ByteBuffer header = ByteBuffer.wrap(bytes);
        checkMagic(header);
        int checksum = header.getInt();
        byte[] body = new byte[header.remaining()];
        header.get(body);
        if (checksum != checksum(body)) {
            throw new MalformedException("its checksum is wrong");
        }
        return members(body);
    }

    private static void checkMagic(ByteBuffer header) throws MalformedException {
        byte[] magic = new byte[MAGIC.length];
        header.get(magic);
        byte format = magic[MAGIC.length - 1];
        magic[MAGIC.length - 1] = FORMAT;
        if (!ByteBuffer.wrap(magic).equals(ByteBuffer.wrap(MAGIC))) {
            throw new MalformedException("it is no image of a directory");
        }
        if (format != FORMAT) {
            throw new MalformedException("it has format " + format + ", this release reads " + FORMAT);
        }
    }

    private static List<Member> members(byte[] body) throws MalformedException {
        List<Member> members = new ArrayList<>();
        try {
            for (DirectoryProtos.Node node :
                    DirectoryProtos.Image.parseFrom(body).getNodesList()) {
                members.add(NodeCodec.decode(node).member());
            }
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedException("no image: " + e.getMessage());
        }
        return members;
    }

    private static int checksum(byte[] body) {
        CRC32C crc = new CRC32C();
        crc.update(body);
        return (int) crc.getValue();
    }
}
