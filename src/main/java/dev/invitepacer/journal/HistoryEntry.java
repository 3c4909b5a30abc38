package dev.invitepacer.journal;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonRawValue;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** One line of the history. */
@Entity
@Immutable
@Table(name = "history")
@IdClass(HistoryEntry.Key.class)
public class HistoryEntry {
    /** The account, and the line's number, which grows with time. */
    public record Key(String account, long id) implements Serializable {}

    @Id
    @JsonIgnore
    public String account;

    @Id
    public long id;

    public Long invitation;
    public Instant at;
    public String event;
    public String actor;

    @JsonRawValue
    @Schema(type = SchemaType.OBJECT)
    @JdbcTypeCode(SqlTypes.JSON)
    public String detail;

    protected HistoryEntry() {}
}
