/**
 * Who may come in, and what they may do: keys, the console's sessions, tokens of an OpenID Connect provider, roles.
 *
 * <p>Knows {@code account}, to answer for an account that somebody may not see as for one that there is not. Nobody needs to
 * know this room: who asks is told by {@code web}.
 *
 * <p>Guarantees: nothing below {@code /api/v1} is done, and no body read, for a request that does not say who it is; a call
 * without a row in {@link dev.invitepacer.security.Rights} is refused to everybody; of keys and sessions only hashes are
 * kept.
 */
package dev.invitepacer.security;
