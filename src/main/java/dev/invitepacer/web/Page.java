package dev.invitepacer.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * One page of a list, and the opaque cursor of the one after it.
 *
 * @param next null on the last page
 */
public record Page<T>(List<T> items, String next) {
    public static final int DEFAULT_LIMIT = 50;
    public static final int MOST = 500;

    /** What a caller asks for: at most {@code limit} items after the given id. */
    public record Request(int limit, long after) {
        /** Reads the query parameters; a problem answer tells what is wrong with them. */
        public static Request of(String limit, String cursor) {
            return new Request(limitOf(limit), cursor == null ? 0 : Long.parseLong(key(cursor, "[0-9]{1,18}")));
        }
    }

    /** The page of items read with {@code limit + 1}, so that it is known whether there is another. */
    public static <T> Page<T> of(List<T> oneMore, int limit, ToLongFunction<T> id) {
        if (oneMore.size() <= limit) {
            return new Page<>(List.copyOf(oneMore), null);
        }
        List<T> items = List.copyOf(oneMore.subList(0, limit));
        return new Page<>(items, cursor(Long.toString(id.applyAsLong(items.get(limit - 1)))));
    }

    public static String cursor(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    /** The key in a cursor that this service made. */
    public static String key(String cursor, String shape) {
        try {
            String key = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (key.matches(shape)) {
                return key;
            }
        } catch (IllegalArgumentException notOurs) {
            // told below
        }
        throw Problem.of(Code.UNREADABLE, "The cursor is not one that this list gave; start again without it.");
    }

    public static int limitOf(String limit) {
        if (limit == null) {
            return DEFAULT_LIMIT;
        }
        if (!limit.matches("[0-9]{1,4}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > MOST) {
            throw Problem.of(Code.UNREADABLE, "limit must be a whole number from 1 to " + MOST + ".");
        }
        return Integer.parseInt(limit);
    }
}
