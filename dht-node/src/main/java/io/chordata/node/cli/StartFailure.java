package io.chordata.node.cli;

import io.chordata.node.config.ConfigException;
import io.chordata.node.core.StoreFailedException;
import io.chordata.node.storage.DirectoryInUseException;
import io.chordata.node.storage.DirectoryRefusedException;

/** Gives what keeps a node from starting its exit code. */
final class StartFailure {
    private StartFailure() {}

    static RuntimeException of(RuntimeException failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof DirectoryInUseException) {
            return new CommandFailedException(ExitCode.DATA_IN_USE, message);
        }
        if (failure instanceof DirectoryRefusedException) {
            return new CommandFailedException(ExitCode.DATA_UNREADABLE, message);
        }
        if (failure instanceof StoreFailedException) {
            return new CommandFailedException(ExitCode.DISK_FAILED, withCause(failure));
        }
        return failure instanceof IllegalArgumentException ? new ConfigException(message) : failure;
    }

    private static String withCause(RuntimeException failure) {
        Throwable cause = failure.getCause();
        return cause == null ? String.valueOf(failure.getMessage()) : failure.getMessage() + " (" + cause + ")";
    }
}
