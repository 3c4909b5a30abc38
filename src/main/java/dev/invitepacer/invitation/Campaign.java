package dev.invitepacer.invitation;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import org.hibernate.annotations.DynamicUpdate;

/**
 * A campaign: drafts that share an account's releases with other campaigns by weight. Its place in line is written by the
 * release loop.
 */
@Entity
@DynamicUpdate
@Table(name = "campaign")
@IdClass(Campaign.Key.class)
public class Campaign {
    /** How the drafts that belong to no campaign are called in addresses and answers; their row has the empty name. */
    public static final String NONE = "-";

    /** An account's campaigns have different names. */
    public record Key(String account, String name) implements Serializable {}

    @Id
    String account;

    @Id
    String name;

    short weight;
    Instant pausedAt;
    long shareTag;
    Instant createdAt;

    protected Campaign() {}

    Campaign(String account, String name, Instant now) {
        this.account = account;
        this.name = name;
        this.weight = 1;
        this.createdAt = now;
    }
}
