package io.chordata.node.clients;

import io.chordata.node.process.ChordataProcess;
import java.util.Map;

/** What the clients read from their environment. */
final class ClientEnvironment {
    private ClientEnvironment() {}

    /** For the AWS CLI and boto3. One attempt only: a retry would hide what should not happen. */
    static Map<String, String> aws() {
        return Map.of(
                "AWS_ACCESS_KEY_ID", ChordataProcess.ACCESS_KEY,
                "AWS_SECRET_ACCESS_KEY", ChordataProcess.SECRET_KEY,
                "AWS_DEFAULT_REGION", ChordataProcess.REGION,
                "AWS_MAX_ATTEMPTS", "1",
                "AWS_EC2_METADATA_DISABLED", "true",
                "AWS_PAGER", "",
                "AWS_CONFIG_FILE", "/dev/null",
                "AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
    }

    /** A remote named {@code node}, without a file; one attempt only. */
    static Map<String, String> rclone(ChordataProcess server) {
        return Map.of(
                "RCLONE_CONFIG", "/dev/null",
                "RCLONE_CONFIG_NODE_TYPE", "s3",
                "RCLONE_CONFIG_NODE_PROVIDER", "Other",
                "RCLONE_CONFIG_NODE_ENDPOINT", server.endpoint().toString(),
                "RCLONE_CONFIG_NODE_ACCESS_KEY_ID", ChordataProcess.ACCESS_KEY,
                "RCLONE_CONFIG_NODE_SECRET_ACCESS_KEY", ChordataProcess.SECRET_KEY,
                "RCLONE_CONFIG_NODE_REGION", ChordataProcess.REGION,
                "RCLONE_RETRIES", "1",
                "RCLONE_LOW_LEVEL_RETRIES", "1");
    }
}
