package io.chordata.node.cli;

import io.chordata.node.config.NodeConfig;
import java.nio.file.Path;

/**
 * What a demo prints once it serves: where, with which keys, and lines to paste for the clients people have.
 *
 * @param generated the keys were made for this run
 * @param kept the data stays at the end
 */
record Welcome(NodeConfig config, NodeRuntime node, boolean generated, boolean kept) {
    String text() {
        String endpoint = "http://" + node.s3();
        String accessKey = config.credentials().accessKey();
        String secretKey = config.credentials().secretKey();
        return """

                Chordata %s serves S3 at %s
                Console, health and metrics at http://%s/

                  %s
                  export AWS_ACCESS_KEY_ID=%s
                  export AWS_SECRET_ACCESS_KEY='%s'
                  export AWS_DEFAULT_REGION=us-east-1

                AWS CLI
                  aws --endpoint-url %s s3 mb s3://first
                  aws --endpoint-url %s s3 cp README.md s3://first/
                curl
                  curl --aws-sigv4 aws:amz:us-east-1:s3 -u "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" %s/first
                rclone
                  rclone --s3-provider Other --s3-env-auth --s3-endpoint %s lsf :s3:first
                s3cmd
                  s3cmd --host=%s --host-bucket=%s --no-ssl --region us-east-1 ls s3://first
                boto3
                  python3 -c "import boto3; print(boto3.client('s3', endpoint_url='%s').list_buckets()['Buckets'])"

                %s
                """.formatted(
                        NodeVersion.text(),
                        endpoint,
                        node.admin(),
                        generated ? "# made for this run" : "# as given",
                        accessKey,
                        shellQuoted(secretKey),
                        endpoint,
                        endpoint,
                        endpoint,
                        endpoint,
                        node.s3(),
                        node.s3(),
                        endpoint,
                        ending(config.data()));
    }

    private static String shellQuoted(String text) {
        return text.replace("'", "'\\''");
    }

    private String ending(Path data) {
        return kept ? "Ctrl-C ends it; the data stays in " + data + "." : "Ctrl-C ends it and removes its data.";
    }
}
