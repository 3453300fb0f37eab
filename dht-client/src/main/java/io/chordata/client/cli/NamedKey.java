package io.chordata.client.cli;

import io.chordata.client.ChordataClient;
import io.chordata.client.files.Glob;
import io.chordata.client.files.S3Name;
import io.chordata.client.model.ChordataException;
import java.util.Optional;

/**
 * Which object a word names: the one whose key is the word as it stands, if there is one; so a name that a listing printed
 * means that object, whatever is in it. Only else is the word a pattern, or has backslashes that protect. Blocks.
 */
final class NamedKey {
    private NamedKey() {}

    /** Empty for a pattern. Asks the endpoint only where the word could mean something else than itself. */
    static Optional<S3Name> of(ChordataClient client, S3Name name, boolean noGlob) {
        boolean pattern = Glob.isPattern(name.key());
        String plain = Glob.plain(name.key());
        if (noGlob || (!pattern && plain.equals(name.key())) || isThere(client, name)) {
            return Optional.of(name);
        }
        return pattern ? Optional.empty() : Optional.of(name.withKey(plain));
    }

    private static boolean isThere(ChordataClient client, S3Name name) {
        try {
            client.headObject(name.bucket(), name.key()).await();
            return true;
        } catch (ChordataException e) {
            if (e.isNotFound()) {
                return false;
            }
            throw e;
        }
    }
}
