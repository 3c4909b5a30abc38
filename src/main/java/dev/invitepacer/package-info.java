/** Invite Pacer: releases drafted LinkedIn invitations evenly over the week, under the cap. */
package dev.invitepacer;
