/**
 * The admin API of a cluster from Java: what there is, where things lie, what happens, keys, and nodes that leave.
 * {@link io.chordata.client.admin.AdminClient} is asynchronous, {@link io.chordata.client.admin.BlockingAdminClient} waits.
 * Stands on {@code sigv4}, and on how {@code http} opens and closes. The shapes are those of the API's own description, {@code GET /v1/openapi.yaml}.
 */
@NullMarked
package io.chordata.client.admin;

import org.jspecify.annotations.NullMarked;
