package io.chordata.node.access;

import io.chordata.node.core.ClusterId;
import io.chordata.node.core.ClusterSecret;
import io.chordata.node.core.RandomSource;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What only the nodes of a cluster can do with access keys: seal and open their secrets, and tell a name that the cluster
 * made from any other without a look at a record, so that made-up names cost nothing. Safe for use by many loops.
 *
 * <p>A sealed secret is: format (1 byte, 1), nonce (12 bytes, random), AES-256-GCM of the secret with a tag of 16 bytes, the
 * access key being its associated data (NIST SP 800-38D). The cipher's key follows from the cluster's secret and id. Part of
 * the storage format.
 */
public final class KeySeal {
    private static final byte FORMAT = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final String CIPHER = "AES/GCM/NoPadding";

    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int DIGIT_BITS = 5;
    private static final String PREFIX = "CK";
    /** Of the prefix and what is random. */
    private static final int NAME_LENGTH = 14;
    /** Bits of a tag that nobody can make who has not the secret. */
    private static final int PROOF_LENGTH = 6;

    private static final String ANY = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int SECRET_LENGTH = 40;

    private final SecretKeySpec sealing;
    private final byte[] naming;

    public KeySeal(ClusterSecret secret, ClusterId cluster) {
        ClusterSecret.Keys keys = secret.keysFor(cluster.value().toBytes());
        this.sealing = new SecretKeySpec(keys.key("access key secrets"), "AES");
        this.naming = keys.key("access key names");
    }

    String newAccessKey(RandomSource random) {
        StringBuilder name = new StringBuilder(PREFIX);
        while (name.length() < NAME_LENGTH) {
            name.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return name + proof(name.toString());
    }

    /** Whether {@link #newAccessKey} may have made it; true of others once in a thousand million times. */
    boolean isMadeHere(String accessKey) {
        return accessKey.length() == NAME_LENGTH + PROOF_LENGTH
                && accessKey.substring(NAME_LENGTH).equals(proof(accessKey.substring(0, NAME_LENGTH)));
    }

    private String proof(String name) {
        byte[] mac = ClusterSecret.hmac(naming, bytes(name));
        StringBuilder proof = new StringBuilder();
        for (int i = 0; i < PROOF_LENGTH; i++) {
            proof.append(DIGITS.charAt(mac[i] & ((1 << DIGIT_BITS) - 1)));
        }
        return proof.toString();
    }

    static String newSecret(RandomSource random) {
        StringBuilder secret = new StringBuilder();
        while (secret.length() < SECRET_LENGTH) {
            secret.append(ANY.charAt(random.nextInt(ANY.length())));
        }
        return secret.toString();
    }

    byte[] seal(String accessKey, String secret, RandomSource random) {
        byte[] nonce = Arrays.copyOf(random.nextUint128().toBytes(), NONCE_BYTES);
        byte[] encrypted = run(Cipher.ENCRYPT_MODE, nonce, accessKey, bytes(secret));
        byte[] sealed = new byte[1 + NONCE_BYTES + encrypted.length];
        sealed[0] = FORMAT;
        System.arraycopy(nonce, 0, sealed, 1, NONCE_BYTES);
        System.arraycopy(encrypted, 0, sealed, 1 + NONCE_BYTES, encrypted.length);
        return sealed;
    }

    /** @throws KeysUnavailableException if it is of another format, was sealed by another secret, or changed since */
    String open(String accessKey, byte[] sealed) {
        if (sealed.length < 1 + NONCE_BYTES + TAG_BITS / Byte.SIZE || sealed[0] != FORMAT) {
            throw unreadable(accessKey);
        }
        byte[] nonce = Arrays.copyOfRange(sealed, 1, 1 + NONCE_BYTES);
        byte[] encrypted = Arrays.copyOfRange(sealed, 1 + NONCE_BYTES, sealed.length);
        return new String(run(Cipher.DECRYPT_MODE, nonce, accessKey, encrypted), StandardCharsets.UTF_8);
    }

    private byte[] run(int mode, byte[] nonce, String accessKey, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, sealing, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(bytes(accessKey));
            return cipher.doFinal(input);
        } catch (AEADBadTagException e) {
            throw unreadable(accessKey);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + CIPHER, e);
        }
    }

    private static KeysUnavailableException unreadable(String accessKey) {
        return new KeysUnavailableException("the secret of " + accessKey + " cannot be read with this cluster secret");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
