package io.chordata.node.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.http.impl.http1.VertxHttpRequestDecoder;
import java.util.List;

/**
 * Refuses a head in which a line begins with white space or has no name before its colon (RFC 9112, 5.1 and 5.2). Netty
 * joins the one to the line before and takes the other for a header, and an intermediary may see another request there.
 * Nothing behind such a head is read.
 */
final class StrictHeadDecoder extends VertxHttpRequestDecoder {
    private boolean inHead = true;
    private boolean nameless;
    private boolean refused;

    private StrictHeadDecoder(Http1ServerConfig config) {
        super(config);
    }

    /** Call before the first byte is read. */
    static void install(HttpConnection connection, Http1ServerConfig config) {
        ChannelPipeline pipeline =
                ((HttpServerConnection) connection).channelHandlerContext().pipeline();
        String name = pipeline.context(VertxHttpRequestDecoder.class).name();
        pipeline.replace(name, name, new StrictHeadDecoder(config));
    }

    /** Of a head whole lines are consumed, and nothing of its body in the same call. */
    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf buffer, List<Object> out) throws Exception {
        if (refused) {
            buffer.skipBytes(buffer.readableBytes());
            return;
        }
        int from = buffer.readerIndex();
        int known = out.size();
        super.decode(context, buffer, out);
        if (inHead) {
            nameless |= hasNamelessLine(buffer, from, buffer.readerIndex());
        }
        for (int i = known; i < out.size(); i++) {
            onMessage(out.get(i));
        }
    }

    private void onMessage(Object message) {
        if (message instanceof HttpRequest head) {
            if (nameless && head.decoderResult().isSuccess()) {
                head.setDecoderResult(
                        DecoderResult.failure(new IllegalArgumentException("a header line without a name")));
                refused = true;
            }
            inHead = false;
        }
        if (message instanceof LastHttpContent) {
            inHead = true;
        }
    }

    private static boolean hasNamelessLine(ByteBuf buffer, int from, int to) {
        boolean lineBegins = true;
        for (int at = from; at < to; at++) {
            byte next = buffer.getByte(at);
            if (lineBegins && (next == ' ' || next == '\t' || next == ':')) {
                return true;
            }
            lineBegins = next == '\n';
        }
        return false;
    }
}
