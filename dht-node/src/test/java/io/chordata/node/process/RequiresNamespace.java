package io.chordata.node.process;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test makes a network of its own ({@link Namespace}), which needs root, iproute2 and nftables. Without them it is
 * skipped and says so, unless the environment sets {@code CHORDATA_REQUIRE_ALL}: then it fails.
 */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(RequiresNamespaceCondition.class)
public @interface RequiresNamespace {}
