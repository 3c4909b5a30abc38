package dev.invitepacer.release;

import java.time.Instant;
import java.util.Optional;

/**
 * What is in an account's queue.
 *
 * @param waiting may go now
 * @param held may only go later, or are of a paused campaign
 * @param since when the oldest of what waits, or was released in the last 168 hours, was queued
 * @param notes the month's personalised notes
 */
record Backlog(int waiting, int held, Optional<Instant> since, NotesView notes) {}
