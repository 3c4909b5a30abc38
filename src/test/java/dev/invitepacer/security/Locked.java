package dev.invitepacer.security;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The service with keys, as it is run; one start for all tests of it. */
public class Locked implements QuarkusTestProfile {
    /** The first admin's. */
    public static final String ADMIN = "pk_" + "a".repeat(42) + "A";

    static final String ISSUER = "https://id.example.test/realm";
    static final String AUDIENCE = "invite-pacer";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "pacer.security.enabled", "true",
                "pacer.bootstrap-key", ADMIN,
                "pacer.security.failures.most", "5",
                "pacer.security.openid.jwks", Provider.jwks(),
                "pacer.security.openid.issuer", ISSUER,
                "pacer.security.openid.audience", AUDIENCE,
                "pacer.security.openid.roles-claim", "realm_access/roles",
                "quarkus.log.level", "INFO",
                "quarkus.log.file.enabled", "true",
                "quarkus.log.file.path", "target/locked.log");
    }
}
