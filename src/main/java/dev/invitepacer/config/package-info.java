/** The one tree of settings that an operator makes: typed, validated at start, unknown keys refused. Knows nothing. */
package dev.invitepacer.config;
