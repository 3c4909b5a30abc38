/**
 * The account: its settings and their validation, its pacing state, and its ledger of releases. Knows {@code pacing} and
 * {@code journal}.
 *
 * <p>Guarantees: settings that are stored are valid; whoever changes anything of an account holds the lock of its
 * {@code pace} row, so that changes of one account follow one another; the ledger is never rewritten and outlives the
 * account.
 */
package dev.invitepacer.account;
