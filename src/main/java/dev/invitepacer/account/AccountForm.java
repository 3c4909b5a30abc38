package dev.invitepacer.account;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.invitepacer.pacing.Spread;

/** The settings as callers write them, for the OpenAPI document. What reads them is {@link AccountSettings}. */
@Schema(
        name = "AccountSettings",
        description =
                "Everything but name has a default. Fields that an answer adds are passed over, so that an answer can be"
                        + " changed and put.")
public record AccountForm(
        @Schema(required = true, maxLength = 200, examples = "Anna Berg")
        String name,

        @Schema(defaultValue = "BASIC", description = "Limits notes: 200 characters BASIC, 300 PREMIUM")
        Tier tier,

        @Schema(defaultValue = "UTC", description = "IANA name", examples = "Europe/Oslo")
        String timeZone,

        @Schema(minimum = "1", maximum = "200", defaultValue = "100")
        Integer weeklyCap,

        @Schema(minimum = "1", maximum = "10", defaultValue = "1")
        Integer burst,

        @Schema(defaultValue = "WEEK") Spread spread,

        @Schema(minimum = "1", maximum = "200", nullable = true, description = "Missing: none")
        Integer dailyCap,

        @Schema(description = "By day, MONDAY to SUNDAY; Monday to Friday 09:00-17:00 where missing")
        Map<String, List<String>> activeHours,

        @Schema(maxItems = 366) List<LocalDate> restDays,

        @Schema(nullable = true, description = "Missing: none")
        WarmUpForm warmUp,

        @Schema(minimum = "1", maximum = "5000", defaultValue = "500")
        Integer pendingThreshold,

        @Schema(minimum = "1", maximum = "5000", defaultValue = "50")
        Integer openTaskLimit,

        @Schema(format = "duration", defaultValue = "P30D", description = "P1D to P179D")
        String withdrawAfter,

        @Schema(format = "time", defaultValue = "03:00", description = "Local time of the nightly run")
        String withdrawAt,

        @Schema(minimum = "0", maximum = "1000", defaultValue = "50")
        Integer withdrawalsPerNight,

        @Schema(format = "duration", defaultValue = "P21D", description = "PT0S to P365D")
        String cooldown,

        @Schema(defaultValue = "INBOX") Channel channel,

        @Schema(maxLength = 63, nullable = true, description = "With channel WEBHOOK, and only then: where tasks go")
        String endpoint,

        @Schema(defaultValue = "false", description = "Learn the cap from LinkedIn's limit signals")
        Boolean adaptive,

        @Schema(minimum = "0", maximum = "50", defaultValue = "0")
        Integer followsPerDay,

        @Schema(minimum = "0", maximum = "1000", nullable = true, description = "Missing: the tier's")
        Integer noteQuota,

        @Schema(defaultValue = "HOLD") OnNoteQuota onNoteQuota,

        @Schema(maxItems = 7, description = "Codes of advice that this account refuses")
        List<String> refuseAdvice,

        @Schema(defaultValue = "REFUSE") OnCooldown onCooldown,

        @Schema(defaultValue = "false") Boolean secondTry,

        @Schema(maxLength = 63, nullable = true, description = "The team whose accounts do not invite the same person")
        String group,

        @Schema(format = "duration", defaultValue = "P90D", description = "PT0S to P730D")
        String groupWindow,

        @Schema(format = "duration", defaultValue = "PT4H", description = "PT0S to PT12H")
        String withdrawOver,

        @Schema(
                maxLength = 63,
                nullable = true,
                description = "The name of the access token for LinkedIn's API, not the token; missing: the account's")
        String linkedinToken) {

    /** A cap that grows by {@code step} a week from {@code start} on. */
    @Schema(name = "WarmUp")
    public record WarmUpForm(
            @Schema(required = true, minimum = "1", maximum = "200")
            Integer start,

            @Schema(required = true, minimum = "1", maximum = "200")
            Integer step) {}
}
