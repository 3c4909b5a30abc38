/** What keeps the service running: its health, its figures, its configuration and the PostgreSQL that it may bring along. */
package dev.invitepacer.operations;
