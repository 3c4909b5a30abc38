/**
 * LinkedIn's data export, read: the zip or its CSV files, row by row, and what the rows mean beside what is known. Reads
 * and compares only; nothing in here writes to the database.
 *
 * <p>Guarantees: memory does not grow with a file; whatever is no export is refused with a sentence that says what to
 * send in its place; a row that makes no sense does not stop the others.
 */
package dev.invitepacer.report.linkedin;
