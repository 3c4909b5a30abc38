/**
 * What every REST resource shares: the error answers, strict JSON, paging. Knows nothing of the features.
 *
 * <p>Guarantees: every error is RFC 9457 problem+json with a documented code and a sentence that says how to mend it;
 * every body is read within a limit; unknown JSON fields are refused.
 */
package dev.invitepacer.web;
