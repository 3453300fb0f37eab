package io.chordata.node.cli;

import io.chordata.node.config.RootCredentials;
import io.chordata.node.core.RandomSource;

/** Makes secrets of characters that no shell needs quoted, key pairs of the length that clients of S3 expect. */
final class GeneratedKeys {
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String ANY = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int ACCESS_KEY_LENGTH = 20;
    private static final int SECRET_KEY_LENGTH = 40;
    private static final int CLUSTER_SECRET_LENGTH = 43;

    private GeneratedKeys() {}

    static RootCredentials make(RandomSource random) {
        return new RootCredentials(text(random, UPPER, ACCESS_KEY_LENGTH), text(random, ANY, SECRET_KEY_LENGTH));
    }

    static String clusterSecret(RandomSource random) {
        return text(random, ANY, CLUSTER_SECRET_LENGTH);
    }

    private static String text(RandomSource random, String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
