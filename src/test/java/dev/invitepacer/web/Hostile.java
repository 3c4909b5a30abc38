package dev.invitepacer.web;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What nobody should send, and somebody will. */
public final class Hostile {
    private Hostile() {}

    /** Values of a JSON field, as JSON. */
    public static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "1",
            "-1",
            "1.5",
            "2147483648",
            "-9223372036854775809",
            "9223372036854775808",
            "1e400",
            "-0",
            "1e2",
            "123456789012345678901234567890123456789",
            "\"\"",
            "\" \"",
            "\"x\"",
            "\"\\u0000\"",
            "\"a\\u0000b\"",
            "\"\\ud800\"",
            "\"\\udc00x\"",
            "\"\\u0007\"",
            "\"\\u202e\"",
            "\"1\"",
            "\"true\"",
            "\"'; drop table account; --\"",
            "\"${jndi:ldap://x}\"",
            "\"../../etc/passwd\"",
            "[]",
            "[1]",
            "[null]",
            "[\"x\"]",
            "[[]]",
            "{}",
            "{\"a\":1}",
            "{\"MONDAY\":[\"\\ud800\"]}",
            "{\"MONDAY\":null}",
            "{\"\\u0000\":\"x\"}",
            "\"Europe/Nowhere\"",
            "\"+25:00\"",
            "\"P99999999999D\"",
            "\"PT0S\"",
            "\"-P1D\"",
            "\"25:00\"",
            "\"+999999999-12-31T23:59:59Z\"",
            "\"-999999999-01-01T00:00:00+18:00\"",
            "\"2026-02-30T00:00:00Z\"",
            "\"9999-12-31T23:59:59.999999999Z\"",
            "\"" + "é".repeat(5_000) + "\"",
            "\"" + "👩‍💻".repeat(700) + "\"",
            IntStream.range(0, 2_000).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]")));

    /** Whole bodies that are no JSON object of any use; by what they are. */
    public static Map<String, byte[]> bodies() {
        Map<String, byte[]> bodies = new LinkedHashMap<>();
        List.of(
                        "",
                        " ",
                        "null",
                        "true",
                        "0",
                        "\"x\"",
                        "[]",
                        "[null]",
                        "[[]]",
                        "{",
                        "}",
                        "[",
                        "{\"a\"",
                        "{\"a\":}",
                        "{a:1}",
                        "{'a':1}",
                        "{\"a\":1,}",
                        "{\"a\":1} {}",
                        "{\"a\":1}x",
                        "{\"a\":1,\"a\":2}",
                        "{\"nobody\":1}",
                        "{\"\\ud800\":1}",
                        "{\"\\u0000\":1}",
                        "{\"\":1}",
                        "/**/{}",
                        "NaN",
                        "\u0000",
                        "{\"a\":\"\u0001\"}",
                        "{\"a\":" + "1".repeat(1_000) + "}",
                        "profile\nx\n",
                        "<a/>",
                        "a=b&c=d")
                .forEach(body -> bodies.put(body, utf8(body)));
        bodies.put("nested 33 deep", utf8("{\"a\":".repeat(33) + "1" + "}".repeat(33)));
        bodies.put("nested 1,000,000 deep", utf8("[".repeat(1_000_000)));
        bodies.put("a text of 2 MB", utf8("{\"name\":\"" + "a".repeat(2_000_000) + "\"}"));
        bodies.put("a name of 100,000", utf8("{\"" + "a".repeat(100_000) + "\":1}"));
        bodies.put(
                "100,000 names",
                utf8(IntStream.range(0, 90_000)
                        .mapToObj(i -> "\"" + i + "\":1")
                        .collect(Collectors.joining(",", "{", "}"))));
        bodies.put("100,000 items", utf8("[" + "{},".repeat(99_999) + "{}]"));
        bodies.put("no UTF-8", new byte[] {'{', '"', (byte) 0xC3, (byte) 0x28, '"', ':', '1', '}'});
        bodies.put("bytes of no meaning", new byte[] {(byte) 0xFF, (byte) 0xFE, (byte) 0xFD, 0, 1, 2, 3});
        bodies.put("UTF-16", "{\"name\":\"x\"}".getBytes(StandardCharsets.UTF_16));
        bodies.put("UTF-16LE", "{\"name\":\"x\"}".getBytes(StandardCharsets.UTF_16LE));
        return bodies;
    }

    /** Parts of an address, percent-encoded. */
    public static final List<String> ADDRESSES = List.of(
            "%00",
            "a%00b",
            "%2f",
            "a%2Fb",
            "%2e%2e",
            "%0d%0aX:%20y",
            "%E7%94%B0",
            "%ff%fe",
            "%ed%a0%80",
            "%25zz",
            "-1",
            "0",
            "1.5",
            "99999999999999999999",
            "2147483648",
            "%20",
            "+",
            "null",
            "true",
            "UPPER",
            "'%3B%20drop%20table%20account",
            "1%20or%201=1",
            "%27",
            "%3Cscript%3E",
            "a".repeat(64),
            "a".repeat(5_000),
            "%F0%9F%8E%89",
            "*",
            "%5B%5D",
            "%7B%7D");

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
