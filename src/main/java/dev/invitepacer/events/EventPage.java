package dev.invitepacer.events;

import java.util.List;

/**
 * Some events, in order.
 *
 * @param next what to ask {@code after} next time, now or later; never null
 */
public record EventPage(List<Event> items, String next) {}
