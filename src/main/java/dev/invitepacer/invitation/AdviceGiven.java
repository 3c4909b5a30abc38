package dev.invitepacer.invitation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.invitepacer.account.Advice;

/**
 * One thing that a draft could do better.
 *
 * @param advice which rule it is
 * @param message a sentence about this very draft: what was found, and what to do
 */
@Schema(name = "Advice")
@JsonPropertyOrder({"code", "message"})
public record AdviceGiven(@JsonIgnore @Schema(hidden = true) Advice advice, String message) {
    /** The advice as answers name it: {@code note-has-link}. */
    @JsonProperty
    public String code() {
        return advice.text();
    }
}
