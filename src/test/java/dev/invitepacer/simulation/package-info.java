/**
 * The service in a world that one number decides: the code that decides, over a store in memory, with several replicas, a
 * clock, senders and people that are played, and everything going wrong that can. {@code docs/how-to/simulate.md} tells how
 * to run it, and what in it is the real code and what is played.
 */
package dev.invitepacer.simulation;
