/**
 * Access keys: who may ask, by which secret. The root key comes from the configuration, all others are records of the cluster
 * that every node reads for itself and keeps for seconds.
 */
@NullMarked
package io.chordata.node.access;

import org.jspecify.annotations.NullMarked;
