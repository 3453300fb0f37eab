package io.chordata.node.cli;

import io.chordata.client.admin.AdminOptions;
import io.chordata.client.admin.AdminOptions.Keys;
import io.chordata.client.admin.BlockingAdminClient;
import io.chordata.client.admin.TrustedAuthority;
import io.chordata.node.config.OptionCatalogue;
import io.chordata.node.config.Settings;
import io.chordata.node.config.SettingsLoader;
import io.vertx.core.net.TrustOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens a client for commands that change something, which are always signed. */
final class AdminAccess {
    private AdminAccess() {}

    /**
     * @param admin as given by flag; null for what file and environment say
     * @throws io.chordata.node.config.ConfigException if an address or a key cannot be used, or the keys are missing
     */
    static BlockingAdminClient open(@Nullable String admin, Terminal terminal) {
        Settings settings = SettingsLoader.load(
                admin == null ? Map.of() : Map.of(OptionCatalogue.ADMIN, admin), terminal.environment());
        Optional<Path> authority = settings.find(OptionCatalogue.ADMIN_AUTHORITY);
        return BlockingAdminClient.open(AdminOptions.of(
                AdminOptions.parse(settings.get(OptionCatalogue.ADMIN).toString(), authority.isPresent()),
                new Keys(settings.get(OptionCatalogue.ACCESS_KEY), settings.get(OptionCatalogue.SECRET_KEY)),
                authority.map(AdminAccess::trust).orElse(null)));
    }

    private static TrustOptions trust(Path authority) {
        try {
            return TrustedAuthority.read(authority);
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }
}
