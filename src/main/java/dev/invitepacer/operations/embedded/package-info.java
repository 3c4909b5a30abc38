/**
 * The PostgreSQL that the service brings along, for those who have configured no database: a real server on the loopback
 * interface, with its data in one directory.
 *
 * <p>Guarantees: whatever is in the directory is whole, since programs and data are made elsewhere and renamed into place;
 * one process at a time works on a directory; a service that was killed finds its data again at the next start; what cannot
 * work is said in one sentence, a {@link dev.invitepacer.operations.embedded.Refusal}. Knows nothing of the rest of the
 * product.
 */
package dev.invitepacer.operations.embedded;
