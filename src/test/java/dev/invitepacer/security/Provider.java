package dev.invitepacer.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** An OpenID Connect provider as far as the service sees one: a set of public keys, and tokens. */
final class Provider {
    private static final Path DIRECTORY = Path.of("target/openid");
    private static final Path PUBLIC = DIRECTORY.resolve("jwks.json");
    private static final Path PRIVATE = DIRECTORY.resolve("private.json");

    private Provider() {}

    /** Makes new keys; says where the public ones are. */
    static String jwks() {
        try {
            Files.createDirectories(DIRECTORY);
            RsaJsonWebKey pair = pair("one");
            Files.writeString(
                    PUBLIC, new JsonWebKeySet(List.of(pair)).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY));
            Files.writeString(PRIVATE, pair.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE));
            return PUBLIC.toAbsolutePath().toUri().toString();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static RsaJsonWebKey pair(String id) {
        try {
            RsaJsonWebKey pair = RsaJwkGenerator.generateJwk(2048);
            pair.setKeyId(id);
            pair.setAlgorithm("RS256");
            pair.setUse("sig");
            return pair;
        } catch (JoseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A token that is good, of this role, for these accounts. */
    static JwtClaims claims(List<String> roles, Object accounts) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(Locked.ISSUER);
        claims.setAudience("somebody-else", Locked.AUDIENCE);
        claims.setSubject("ada");
        claims.setIssuedAt(NumericDate.fromSeconds(Instant.now().getEpochSecond() - 10));
        claims.setExpirationTime(NumericDate.fromSeconds(Instant.now().getEpochSecond() + 300));
        claims.setClaim("realm_access", Map.of("roles", roles));
        if (accounts != null) {
            claims.setClaim("pacer_accounts", accounts);
        }
        return claims;
    }

    static String sign(JwtClaims claims) {
        try {
            return sign(claims, PublicJsonWebKey.Factory.newPublicJwk(Files.readString(PRIVATE)));
        } catch (IOException | JoseException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static String sign(JwtClaims claims, PublicJsonWebKey pair) {
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setPayload(claims.toJson());
            signature.setKey(pair.getPrivateKey());
            signature.setKeyIdHeaderValue(pair.getKeyId());
            signature.setAlgorithmHeaderValue("RS256");
            return signature.getCompactSerialization();
        } catch (JoseException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
