package io.chordata.client.admin;

import io.chordata.client.admin.AdminException.Kind;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object, by type. What is absent counts as null, and what is not known is not looked at, so that releases
 * get on with each other; what is needed and not there, or of another type, is refused.
 */
final class Fields {
    private final JsonObject object;

    Fields(JsonObject object) {
        this.object = object;
    }

    static Fields of(String text) {
        try {
            return new Fields(new JsonObject(text));
        } catch (DecodeException | ClassCastException e) {
            throw refused("no JSON object");
        }
    }

    static <T> List<T> array(String text, Function<Fields, T> shape) {
        try {
            return elements(new JsonArray(text), shape);
        } catch (DecodeException | ClassCastException e) {
            throw refused("no JSON array");
        }
    }

    private static <T> List<T> elements(JsonArray array, Function<Fields, T> shape) {
        return array.stream().map(element -> shape.apply(object(element))).toList();
    }

    private static Fields object(@Nullable Object element) {
        if (element instanceof JsonObject object) {
            return new Fields(object);
        }
        throw refused("an element is no object");
    }

    private static AdminException refused(String what) {
        return new AdminException(Kind.NOT_UNDERSTOOD, "the answer is nothing that this release can read: " + what);
    }

    private <T> T needed(String name, @Nullable T value) {
        if (value == null) {
            throw refused("'" + name + "' is not there");
        }
        return value;
    }

    private <T> @Nullable T typed(String name, Class<T> type) {
        Object value = object.getValue(name);
        if (value == null) {
            return null;
        }
        if (!type.isInstance(value)) {
            throw refused("'" + name + "' is no " + type.getSimpleName().toLowerCase(Locale.ROOT));
        }
        return type.cast(value);
    }

    String text(String name) {
        return needed(name, optionalText(name));
    }

    @Nullable
    String optionalText(String name) {
        return typed(name, String.class);
    }

    long number(String name) {
        return needed(name, optionalNumber(name));
    }

    int count(String name) {
        return (int) Math.min(Integer.MAX_VALUE, number(name));
    }

    @Nullable
    Long optionalNumber(String name) {
        Number number = typed(name, Number.class);
        return number == null ? null : number.longValue();
    }

    @Nullable
    Double optionalReal(String name) {
        Number number = typed(name, Number.class);
        return number == null ? null : number.doubleValue();
    }

    boolean truth(String name) {
        return needed(name, typed(name, Boolean.class));
    }

    List<String> texts(String name) {
        return needed(name, optionalTexts(name));
    }

    @Nullable
    List<String> optionalTexts(String name) {
        JsonArray array = typed(name, JsonArray.class);
        return array == null ? null : array.stream().map(String::valueOf).toList();
    }

    <T> List<T> list(String name, Function<Fields, T> shape) {
        return needed(name, optionalList(name, shape));
    }

    <T> @Nullable List<T> optionalList(String name, Function<Fields, T> shape) {
        JsonArray array = typed(name, JsonArray.class);
        return array == null ? null : elements(array, shape);
    }

    /** The constant of that name; {@code other} for one that this release does not know. */
    <E extends Enum<E>> E constant(String name, Class<E> type, E other) {
        String text = text(name).toUpperCase(Locale.ROOT);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        return other;
    }
}
