/**
 * The benchmark: evenness, releases and enqueuing beside the peers that a user could choose instead. It is built by Maven's profile {@code benchmark}
 * alone; the service knows of none of the peers.
 */
package dev.invitepacer.benchmark;
