package dev.invitepacer.security;

import io.restassured.RestAssured;
import io.restassured.builder.RequestSpecBuilder;
import jakarta.enterprise.context.ApplicationScoped;

/** Keys for tests of other rooms that run under {@link Locked}. */
@ApplicationScoped
public class Keyring {
    private final Failures failures;

    Keyring(Failures failures) {
        this.failures = failures;
    }

    /** What REST Assured asks for from now on, it asks for as the first admin. */
    public void bringTheAdmins() {
        failures.forget();
        RestAssured.requestSpecification = new RequestSpecBuilder()
                .addHeader("Authorization", "Bearer " + Locked.ADMIN)
                .build();
    }

    public void leaveItBehind() {
        RestAssured.requestSpecification = null;
    }

    /** A new key; {@code accounts} none: of all. */
    public String of(String role, String... accounts) {
        return LockedTest.key(Role.valueOf(role), accounts);
    }
}
