/**
 * The admin port: health, metrics, status as JSON, events, and the console's files. Reads views of the other packages;
 * {@code http} guards its connections.
 *
 * <p>{@code StatusApi} has the paths under {@code /v1/}. Their shapes: {@code RingJson} for ring and lookups, {@code EventLog}
 * for events, the {@code …View} records for the rest, {@code Answers} for problems. What is asked comes by two interfaces,
 * {@code ClusterStatus} and {@code RingQueries}.
 */
@NullMarked
package io.chordata.node.admin;

import org.jspecify.annotations.NullMarked;
