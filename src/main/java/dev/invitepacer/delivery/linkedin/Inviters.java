package dev.invitepacer.delivery.linkedin;

import java.time.Instant;

/** The accounts on whose behalf LinkedIn is asked. */
interface Inviters {
    /** The name of the account's access token. */
    String tokenOf(String account);

    /** Nothing is released until a person resumes the account; one that is paused already stays as it is. */
    void pause(String account, String reason);

    /** Why an account is paused, with what mends it. */
    static String reason(String detail) {
        return detail + ". Renew the account's LinkedIn token, then resume the account.";
    }

    /** The service's time. */
    Instant now();
}
