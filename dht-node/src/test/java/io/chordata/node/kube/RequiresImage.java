package io.chordata.node.kube;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test runs the image, which the build makes with the profile {@code image}; and it needs root. Without them it is skipped and
 * says so, unless the environment sets {@code CHORDATA_REQUIRE_ALL}: then it fails.
 */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(RequiresImageCondition.class)
@interface RequiresImage {}
