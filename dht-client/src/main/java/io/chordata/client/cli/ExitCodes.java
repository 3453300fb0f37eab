package io.chordata.client.cli;

import java.util.Map;

/** A command with exit codes of its own. */
public interface ExitCodes {
    /** Numbers and meanings, in order. */
    Map<String, String> exitCodes();
}
