/**
 * Writes the whole database to one file and reads it into another, for backups and for moves between servers of any version:
 * the embedded PostgreSQL brings no pg_dump. Knows the embedded server, and nothing of what the tables mean.
 */
package dev.invitepacer.operations.backup;
