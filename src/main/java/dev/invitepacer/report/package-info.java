/**
 * What happened: reports applied by the table of transitions, and what a sender's refusals mean for the account. Knows
 * {@code invitation}, {@code account} and {@code delivery}.
 *
 * <p>Guarantees: a report is applied once, however often, late or out of order it comes; what makes no sense in a state
 * is answered and changes nothing; an answer costs no token and waits for none.
 */
package dev.invitepacer.report;
