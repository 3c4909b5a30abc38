/**
 * What clients and a receiver of webhooks saw of the service while much went wrong, what was left in its database at the end,
 * and checkers that say what must not be. They know nothing of the service but what the documentation promises.
 */
package dev.invitepacer.faults.history;
