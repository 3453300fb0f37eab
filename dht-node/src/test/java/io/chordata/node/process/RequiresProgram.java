package io.chordata.node.process;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test needs these programs. Where one is missing the test is skipped and says so, unless the environment sets
 * {@code CHORDATA_REQUIRE_ALL} (as {@code .ci/run} does): then it fails.
 */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(RequiresProgramCondition.class)
public @interface RequiresProgram {
    /** Absolute paths. */
    String[] value();

    /** The Debian package that brings them. */
    String debian();
}
