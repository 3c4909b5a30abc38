/**
 * The append-only history of what happened, when, why and by whom. Everybody writes to it, in the transaction of what it
 * tells; nobody changes it. Knows {@code time}.
 */
package dev.invitepacer.journal;
