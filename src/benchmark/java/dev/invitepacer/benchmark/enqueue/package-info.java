/** Single drafts over REST, from a process of its own, beside the same rows inserted by bare SQL. */
package dev.invitepacer.benchmark.enqueue;
