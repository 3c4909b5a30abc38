/** Releases: the service beside bare SQL and the schedulers that a user could choose, each in a process of its own on the same rows. */
package dev.invitepacer.benchmark.release;
