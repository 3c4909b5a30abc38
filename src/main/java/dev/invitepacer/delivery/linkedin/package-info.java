/**
 * LinkedIn's API for approved partners: sending invitations, and asking which were accepted. What LinkedIn has not published
 * is a setting, and off.
 *
 * <p>Guarantees: an access token is read when it is needed, sent to LinkedIn only, and neither kept nor told anywhere; every
 * answer is read up to a limit and within a time; no redirect is followed; what may have been sent is never sent again by
 * itself.
 */
package dev.invitepacer.delivery.linkedin;
