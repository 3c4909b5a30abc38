package dev.invitepacer.delivery.linkedin;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import dev.invitepacer.config.LinkedInConfig;

/**
 * How an invitation is withdrawn, as the operator says: LinkedIn has not published it. Without a method there is no such call.
 *
 * @param method null where withdrawals are left to people
 * @param path with {@code {id}} for LinkedIn's id of the invitation, which is percent-encoded there
 * @param body likewise, as inside a JSON text; null for none
 */
record WithdrawalCall(String method, String path, String body) {
    static final WithdrawalCall OFF = new WithdrawalCall(null, null, null);

    private static final String ID = "{id}";
    private static final String NONE = "none";

    /** A call with the id in it. */
    record Request(String method, String path, String body) {}

    WithdrawalCall {
        if (method != null && !(path.startsWith("/") && (path + body).contains(ID))) {
            throw new IllegalArgumentException(
                    "With pacer.linkedin.withdrawal.method, pacer.linkedin.withdrawal.path must"
                            + " be given and begin with /, and it or the body must hold {id}");
        }
    }

    static WithdrawalCall of(LinkedInConfig.Withdrawal setting) {
        return setting.method() == LinkedInConfig.Method.OFF
                ? OFF
                : new WithdrawalCall(
                        setting.method().name(), setting.path(), NONE.equals(setting.body()) ? null : setting.body());
    }

    /** The call for an invitation; nothing where withdrawals are left to people, or its id is not known. */
    Optional<Request> of(String reference) {
        if (method == null || reference == null) {
            return Optional.empty();
        }
        String inPath = URLEncoder.encode(reference, StandardCharsets.UTF_8).replace("+", "%20");
        String inBody = new String(JsonStringEncoder.getInstance().quoteAsString(reference));
        return Optional.of(
                new Request(method, path.replace(ID, inPath), body == null ? null : body.replace(ID, inBody)));
    }
}
