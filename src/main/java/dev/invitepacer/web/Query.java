package dev.invitepacer.web;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads query parameters; a problem answer tells what is wrong with one. */
public final class Query {
    private Query() {}

    public static <E extends Enum<E>> E oneOf(String parameter, String value, Class<E> type, E otherwise) {
        if (value == null || value.isEmpty()) {
            return otherwise;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(value))
                .findFirst()
                .orElseThrow(() -> Problem.of(
                        Code.UNREADABLE,
                        parameter + " must be one of "
                                + Arrays.stream(type.getEnumConstants())
                                        .map(Enum::name)
                                        .collect(Collectors.joining(", "))
                                + "."));
    }

    /** Those of {@code known} that are asked for; a parameter may be repeated, and without a value it asks for nothing. */
    public static Set<String> someOf(String parameter, List<String> values, Set<String> known) {
        Set<String> asked = new TreeSet<>(values == null ? List.of() : values);
        asked.remove("");
        asked.stream().filter(value -> !known.contains(value)).findFirst().ifPresent(value -> {
            throw Problem.of(
                    Code.UNREADABLE,
                    "There is no " + parameter + " " + Problem.shown(value, 40) + "; there are "
                            + String.join(", ", new TreeSet<>(known)) + ".");
        });
        return asked;
    }

    /** True, false, or missing, which is false. */
    public static boolean flag(String parameter, String value) {
        if (value == null || value.equals("false")) {
            return false;
        }
        if (value.equals("true")) {
            return true;
        }
        throw Problem.of(Code.UNREADABLE, parameter + " must be true or false.");
    }

    /** A text that the database can be asked for. */
    public static String text(String parameter, String value) {
        if (value != null && Fields.textFault(value).isPresent()) {
            throw Problem.of(
                    Code.UNREADABLE, parameter + " " + Fields.textFault(value).get() + ".");
        }
        return value;
    }
}
