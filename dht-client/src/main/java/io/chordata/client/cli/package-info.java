/**
 * Commands that ask a cluster about itself ({@code status}, {@code ring}, {@code lookup}, {@code locate}), on
 * {@code admin}, whose {@link io.chordata.client.admin.AdminException} the program that has them turns into an exit code;
 * and commands on files and objects ({@code put} to {@code sync}), on the client and {@code files}, which end with a number
 * of {@code Outcome}. None has a socket of its own.
 */
@NullMarked
package io.chordata.client.cli;

import org.jspecify.annotations.NullMarked;
