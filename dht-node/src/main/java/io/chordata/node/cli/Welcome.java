package io.chordata.node.cli;

import io.chordata.node.config.NodeConfig;
import io.chordata.node.tls.TlsOptions;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a demo prints once it serves: where, with which keys, and lines to paste for the clients people have.
 *
 * @param nodes the first is the one that the lines use
 * @param generated the keys were made for this run
 * @param kept where the data stays at the end; null if it does not
 */
record Welcome(
        List<NodeConfig> configs,
        List<NodeRuntime> nodes,
        boolean generated,
        @Nullable Path kept) {
    String text() {
        NodeConfig config = configs.get(0);
        NodeRuntime node = nodes.get(0);
        String endpoint = scheme(config.tls().s3()) + node.s3();
        String accessKey = config.credentials().accessKey();
        String secretKey = config.credentials().secretKey();
        return """

                Chordata %s serves S3 at %s
                Console, health and metrics at %s%s/
                %s
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
                  s3cmd --host=%s --host-bucket=%s %s --region us-east-1 ls s3://first
                boto3
                  python3 -c "import boto3; print(boto3.client('s3', endpoint_url='%s').list_buckets()['Buckets'])"

                %s
                """.formatted(
                        NodeVersion.text(),
                        endpoint,
                        scheme(config.tls().admin()),
                        node.admin(),
                        others(),
                        generated ? "# made for this run" : "# as given",
                        accessKey,
                        shellQuoted(secretKey),
                        endpoint,
                        endpoint,
                        endpoint,
                        endpoint,
                        node.s3(),
                        node.s3(),
                        config.tls().s3() == null ? "--no-ssl" : "--ssl",
                        endpoint,
                        ending());
    }

    private static String scheme(@Nullable TlsOptions tls) {
        return tls == null ? "http://" : "https://";
    }

    private static String shellQuoted(String text) {
        return text.replace("'", "'\\''");
    }

    private String others() {
        if (nodes.size() == 1) {
            return "";
        }
        StringBuilder text = new StringBuilder()
                .append("It is one of ")
                .append(nodes.size())
                .append(" nodes of one cluster; use any of them:\n");
        for (int i = 1; i < nodes.size(); i++) {
            text.append("  ")
                    .append(configs.get(i).name())
                    .append(" serves S3 at ")
                    .append(scheme(configs.get(i).tls().s3()))
                    .append(nodes.get(i).s3())
                    .append(", console at ")
                    .append(scheme(configs.get(i).tls().admin()))
                    .append(nodes.get(i).admin())
                    .append("/\n");
        }
        return text.toString();
    }

    private String ending() {
        return kept == null
                ? "Ctrl-C ends it and removes its data."
                : "Ctrl-C ends it; the data stays in " + kept + ".";
    }
}
