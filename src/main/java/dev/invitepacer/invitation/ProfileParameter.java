package dev.invitepacer.invitation;

import dev.invitepacer.web.Code;
import dev.invitepacer.web.Problem;

/** Reads a profile in an address, in any spelling that {@link Profile#parse} takes. */
public final class ProfileParameter {
    private ProfileParameter() {}

    /** @throws io.quarkiverse.resteasy.problem.HttpProblem 422 where it is none */
    public static Profile of(String profile) {
        try {
            return Profile.parse(profile);
        } catch (InvalidProfile refused) {
            throw Problem.of(Code.PROFILE_INVALID, refused.getMessage());
        }
    }
}
