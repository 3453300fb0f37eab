package io.chordata.node.config;

/** Where a setting can come from, the weakest first. */
enum Source {
    DEFAULT,
    FILE,
    ENVIRONMENT,
    FLAG
}
