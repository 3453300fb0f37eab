/**
 * Commands that ask a cluster about itself: {@code status}, {@code ring}, {@code lookup} and {@code locate}. They stand on
 * {@code admin}; the program that has them turns an {@link io.chordata.client.admin.AdminException} into an exit code.
 */
@NullMarked
package io.chordata.client.cli;

import org.jspecify.annotations.NullMarked;
