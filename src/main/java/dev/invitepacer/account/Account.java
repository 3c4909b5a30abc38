package dev.invitepacer.account;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** The LinkedIn member on whose behalf invitations are sent. Its settings are JSON at rest; see {@link AccountSettings}. */
@Entity
@Table(name = "account")
public class Account {
    @Id
    String account;

    @JdbcTypeCode(SqlTypes.JSON)
    String settings;

    Instant createdAt;
    Instant changedAt;

    protected Account() {}

    Account(String account, Instant createdAt) {
        this.account = account;
        this.createdAt = createdAt;
    }
}
