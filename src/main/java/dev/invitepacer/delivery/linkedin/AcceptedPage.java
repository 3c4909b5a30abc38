package dev.invitepacer.delivery.linkedin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of LinkedIn's list of accepted invitations. Elements in another state, or without one, are left out.
 *
 * @param next where the list goes on; empty at its end
 */
record AcceptedPage(List<Accepted> accepted, OptionalInt next) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern START = Pattern.compile("[?&]start=([0-9]{1,8})(?:&|$)");

    /**
     * An invitation that LinkedIn says was accepted.
     *
     * @param id null where it has none
     * @param invitee likewise
     * @param sentAt in milliseconds since 1970; -1 where it is not told
     */
    record Accepted(String id, String invitee, long sentAt) {}

    /** Reads a page; empty text, or one that is no such list, is an {@link IllegalArgumentException}. */
    static AcceptedPage read(String body, int start, int count) {
        JsonNode page;
        try {
            page = JSON.readTree(body);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalArgumentException("LinkedIn's list of accepted invitations is not JSON");
        }
        JsonNode elements = page.path("elements");
        if (!elements.isArray()) {
            throw new IllegalArgumentException("LinkedIn's list of accepted invitations has no elements");
        }
        List<Accepted> accepted = new ArrayList<>();
        for (JsonNode element : elements) {
            if ("ACCEPTED".equals(element.path("state").textValue())) {
                accepted.add(new Accepted(
                        element.path("id").textValue(),
                        element.path("invitee").textValue(),
                        element.path("sentAt").asLong(-1)));
            }
        }
        return new AcceptedPage(List.copyOf(accepted), next(page.path("paging"), start, elements.size(), count));
    }

    /** By the link to the next page where there are links, else by the total, else by whether the page is full. */
    private static OptionalInt next(JsonNode paging, int start, int size, int count) {
        if (size == 0) {
            return OptionalInt.empty();
        }
        boolean isMore = paging.path("total").isInt()
                ? start + size < paging.path("total").intValue()
                : size >= count;
        int next = start + size;
        if (paging.path("links").isArray()) {
            isMore = false;
            for (JsonNode link : paging.path("links")) {
                if ("next".equals(link.path("rel").textValue())) {
                    Matcher at = START.matcher(link.path("href").asText());
                    next = at.find() ? Integer.parseInt(at.group(1)) : next;
                    isMore = true;
                }
            }
        }
        return isMore && next > start ? OptionalInt.of(next) : OptionalInt.empty();
    }
}
