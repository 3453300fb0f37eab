package io.chordata.node.cli;

import io.chordata.node.config.HostPort;
import io.chordata.node.config.Option;
import io.vertx.core.Future;

/** Says which address could not be listened at, why, and what moves it. */
final class ListenFailure {
    private ListenFailure() {}

    /**
     * Waits until somebody listens.
     *
     * @param what the port is for
     */
    static <T> T awaitListening(
            Future<T> listening, String what, HostPort address, Option<HostPort> option, Option<Integer> portOption) {
        try {
            return listening.await();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw of(what, address, option, portOption, e);
        }
    }

    private static CommandFailedException of(
            String what, HostPort address, Option<HostPort> option, Option<Integer> portOption, Throwable cause) {
        return new CommandFailedException(
                ExitCode.PORT_TAKEN,
                "cannot listen at " + address + " (" + what + "): " + reason(cause) + "; move it with "
                        + portOption.flag() + " or " + option.flag() + " (" + option.environmentName() + ")");
    }

    private static String reason(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return message.contains("in use") ? "another program has the port" : message;
    }
}
