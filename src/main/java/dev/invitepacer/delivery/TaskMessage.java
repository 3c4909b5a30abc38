package dev.invitepacer.delivery;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import dev.invitepacer.webhook.Message;

/** A task as a webhook tells it. A task's every try has the same id and the same bytes. */
final class TaskMessage {
    private static final int LONGEST = 500;
    private static final int ID_BYTES = 16;

    private TaskMessage() {}

    /** Opaque; another attempt is another message, and so is the same number in another database. */
    static String id(HandOver work) {
        String what = work.account() + "/" + work.task() + "/" + work.attempt() + "/" + work.openedAt();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(what.getBytes(StandardCharsets.UTF_8));
            return "task_" + HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static byte[] body(HandOver work) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("task", work.task());
        data.put("kind", work.kind().name());
        data.put("account", work.account());
        data.put("invitation", work.invitation());
        data.put("attempt", work.attempt());
        put(data, "profile", work.profile());
        data.put("profileUrl", work.profileUrl());
        put(data, "firstName", work.firstName());
        put(data, "lastName", work.lastName());
        put(data, "headline", work.headline());
        put(data, "company", work.company());
        put(data, "note", work.note());
        put(data, "memberUrn", work.memberUrn());
        put(data, "email", work.email());
        put(data, "campaign", work.campaign());
        put(data, "reason", work.reason());
        put(data, "reference", work.reference());
        return Message.bytes("task." + work.kind().name().toLowerCase(Locale.ROOT), work.openedAt(), data);
    }

    /** What is not known is left out. Each is limited where it comes in; this keeps the whole small whatever comes. */
    private static void put(Map<String, Object> data, String field, String value) {
        if (value != null) {
            int end = Math.min(value.length(), LONGEST);
            boolean isHalf = end < value.length() && Character.isHighSurrogate(value.charAt(end - 1));
            data.put(field, value.substring(0, isHalf ? end - 1 : end));
        }
    }
}
