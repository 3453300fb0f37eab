package io.chordata.node.process;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test mounts a small disk ({@link SmallDisk}), which mostly needs root. Where that is refused the test is skipped and
 * says so, unless the environment sets {@code CHORDATA_REQUIRE_ALL}: then it fails.
 */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(RequiresMountCondition.class)
public @interface RequiresMount {}
