/**
 * The Kubernetes manifests of {@code k8s/}, without a cluster: rendered, parsed strictly, and held against the rules that
 * {@code k8s/README.md} promises and against the program that they start.
 */
@NullMarked
package io.chordata.node.kube;

import org.jspecify.annotations.NullMarked;
