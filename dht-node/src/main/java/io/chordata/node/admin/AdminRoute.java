package io.chordata.node.admin;

import io.vertx.core.http.HttpMethod;
import java.util.regex.Pattern;

/**
 * A kind of request that the admin port answers. Where {@code GET} is answered, {@code HEAD} is, too.
 *
 * @param path all of it
 */
public record AdminRoute(HttpMethod method, Pattern path) {
    static AdminRoute get(String path) {
        return new AdminRoute(HttpMethod.GET, Pattern.compile(Pattern.quote(path)));
    }

    public boolean answers(HttpMethod asked, String askedPath) {
        return method.equals(asked) && path.matcher(askedPath).matches();
    }
}
