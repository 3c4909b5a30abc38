/** How evenly a week is used: the service's pacing beside other rules, in simulated time and without a database. */
package dev.invitepacer.benchmark.evenness;
