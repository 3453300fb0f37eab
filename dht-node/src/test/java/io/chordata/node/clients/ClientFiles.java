package io.chordata.node.clients;

import io.chordata.node.process.TestBody;
import java.nio.file.Path;

/** The files that clients send and receive, in a folder of the test's own. */
record ClientFiles(Path folder) {
    Path toSend(TestBody body) {
        return body.writeTo(folder.resolve("send-" + body.size()));
    }

    Path toReceive(TestBody body) {
        return folder.resolve("receive-" + body.size());
    }
}
