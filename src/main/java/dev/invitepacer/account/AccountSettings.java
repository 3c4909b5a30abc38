package dev.invitepacer.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

import dev.invitepacer.pacing.ActiveCalendar;
import dev.invitepacer.pacing.ActiveHours;
import dev.invitepacer.pacing.Spread;
import dev.invitepacer.pacing.WarmUp;
import dev.invitepacer.web.Fields;

/**
 * The settings of an account, valid as a whole. JSON is their form at rest and in the API; {@code docs/reference} tells
 * each with its limits.
 *
 * @param dailyCap null for none
 * @param warmUp null for none
 * @param noteQuotaSet the month's personalised notes where somebody set them; null for the tier's: {@link #noteQuota}
 * @param refuseAdvice advice that this account turns into refusals
 * @param linkedinToken the name of the access token for LinkedIn's API; null for the account's own name
 * @param endpoint where the tasks of channel WEBHOOK go; null with any other
 * @param group the team whose accounts do not invite the same person; null for none
 */
public record AccountSettings(
        String name,
        Tier tier,
        ZoneId timeZone,
        int weeklyCap,
        int burst,
        Spread spread,
        Integer dailyCap,
        ActiveHours activeHours,
        Set<LocalDate> restDays,
        WarmUp warmUp,
        int pendingThreshold,
        int openTaskLimit,
        Duration withdrawAfter,
        LocalTime withdrawAt,
        int withdrawalsPerNight,
        Duration cooldown,
        Channel channel,
        String endpoint,
        boolean adaptive,
        int followsPerDay,
        Integer noteQuotaSet,
        OnNoteQuota onNoteQuota,
        Set<Advice> refuseAdvice,
        OnCooldown onCooldown,
        boolean secondTry,
        String group,
        Duration groupWindow,
        Duration withdrawOver,
        String linkedinToken) {

    public static final int HIGHEST_CAP = 200;

    private static final int MOST_REST_DAYS = 366;
    private static final ActiveHours OFFICE_HOURS = ActiveHours.parse(Map.of(
            DayOfWeek.MONDAY, List.of("09:00-17:00"),
            DayOfWeek.TUESDAY, List.of("09:00-17:00"),
            DayOfWeek.WEDNESDAY, List.of("09:00-17:00"),
            DayOfWeek.THURSDAY, List.of("09:00-17:00"),
            DayOfWeek.FRIDAY, List.of("09:00-17:00")));

    /** Reads settings; violations stay with the fields, and what is missing has its default. */
    public static AccountSettings read(Fields fields) {
        String name = fields.string("name", 200);
        if (fields.lacks("name") || name != null && name.isBlank()) {
            fields.wrong("name", "must be given: whose account is it?");
        }
        return new AccountSettings(
                name,
                fields.oneOf("tier", Tier.class, Tier.BASIC),
                fields.zone("timeZone", ZoneOffset.UTC),
                fields.integer("weeklyCap", 1, HIGHEST_CAP, 100),
                fields.integer("burst", 1, 10, 1),
                fields.oneOf("spread", Spread.class, Spread.WEEK),
                fields.integer("dailyCap", 1, HIGHEST_CAP, null),
                readHours(fields),
                Set.copyOf(fields.dates("restDays", MOST_REST_DAYS)),
                readWarmUp(fields),
                fields.integer("pendingThreshold", 1, 5_000, 500),
                fields.integer("openTaskLimit", 1, 5_000, 50),
                fields.duration("withdrawAfter", Duration.ofDays(1), Duration.ofDays(179), Duration.ofDays(30)),
                fields.time("withdrawAt", LocalTime.of(3, 0)),
                fields.integer("withdrawalsPerNight", 0, 1_000, 50),
                fields.duration("cooldown", Duration.ZERO, Duration.ofDays(365), Duration.ofDays(21)),
                fields.oneOf("channel", Channel.class, Channel.INBOX),
                readEndpoint(fields),
                fields.bool("adaptive", false),
                fields.integer("followsPerDay", 0, 50, 0),
                fields.integer("noteQuota", 0, 1_000, null),
                fields.oneOf("onNoteQuota", OnNoteQuota.class, OnNoteQuota.HOLD),
                readAdvice(fields),
                fields.oneOf("onCooldown", OnCooldown.class, OnCooldown.REFUSE),
                fields.bool("secondTry", false),
                readName(fields, "group"),
                fields.duration("groupWindow", Duration.ZERO, Duration.ofDays(730), Duration.ofDays(90)),
                fields.duration("withdrawOver", Duration.ZERO, Duration.ofHours(12), Duration.ofHours(4)),
                readName(fields, "linkedinToken"));
    }

    /**
     * Reads what {@link #toJson} wrote, by this version or an earlier one.
     *
     * @throws InvalidSettings where something else is there
     */
    static AccountSettings atRest(String json, ObjectMapper mapper) {
        return atRest(tree(json, mapper));
    }

    /** Likewise, of an object that lacks the name. */
    static AccountSettings atRest(String name, String others, ObjectMapper mapper) {
        return atRest(tree(others, mapper).put("name", name));
    }

    private static ObjectNode tree(String json, ObjectMapper mapper) {
        try {
            return (ObjectNode) mapper.readTree(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Settings at rest are not JSON", impossible);
        }
    }

    private static AccountSettings atRest(ObjectNode json) {
        Fields fields = new Fields(json);
        AccountSettings settings = read(fields);
        if (!fields.violations().isEmpty()) {
            throw new InvalidSettings(fields.violations().stream()
                    .map(violation -> violation.field() + " " + violation.message())
                    .collect(Collectors.joining("; ")));
        }
        return settings;
    }

    /** The same, of an account that is called otherwise. */
    AccountSettings named(String other) {
        return name.equals(other)
                ? this
                : new AccountSettings(
                        other,
                        tier,
                        timeZone,
                        weeklyCap,
                        burst,
                        spread,
                        dailyCap,
                        activeHours,
                        restDays,
                        warmUp,
                        pendingThreshold,
                        openTaskLimit,
                        withdrawAfter,
                        withdrawAt,
                        withdrawalsPerNight,
                        cooldown,
                        channel,
                        endpoint,
                        adaptive,
                        followsPerDay,
                        noteQuotaSet,
                        onNoteQuota,
                        refuseAdvice,
                        onCooldown,
                        secondTry,
                        group,
                        groupWindow,
                        withdrawOver,
                        linkedinToken);
    }

    static AccountSettings ofDefaults(String name, ObjectMapper mapper) {
        return read(new Fields(mapper.createObjectNode().put("name", name)));
    }

    /** The form in which they are kept and shown; what is not set is left out. */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("tier", tier);
        json.put("timeZone", timeZone.getId().equals("Z") ? "UTC" : timeZone.getId());
        json.put("weeklyCap", weeklyCap);
        json.put("burst", burst);
        json.put("spread", spread);
        json.put("dailyCap", dailyCap);
        json.put("activeHours", activeHours.toStrings());
        json.put("restDays", restDays.stream().sorted().map(LocalDate::toString).toList());
        json.put("warmUp", warmUp == null ? null : Map.of("start", warmUp.start(), "step", warmUp.step()));
        json.put("pendingThreshold", pendingThreshold);
        json.put("openTaskLimit", openTaskLimit);
        json.put("withdrawAfter", iso(withdrawAfter));
        json.put("withdrawAt", withdrawAt.toString());
        json.put("withdrawalsPerNight", withdrawalsPerNight);
        json.put("cooldown", iso(cooldown));
        json.put("channel", channel);
        json.put("endpoint", endpoint);
        json.put("adaptive", adaptive);
        json.put("followsPerDay", followsPerDay);
        json.put("noteQuota", noteQuotaSet);
        json.put("onNoteQuota", onNoteQuota);
        json.put(
                "refuseAdvice", refuseAdvice.stream().sorted().map(Advice::text).toList());
        json.put("onCooldown", onCooldown);
        json.put("secondTry", secondTry);
        json.put("group", group);
        json.put("groupWindow", iso(groupWindow));
        json.put("withdrawOver", iso(withdrawOver));
        json.put("linkedinToken", linkedinToken);
        return json;
    }

    public ActiveCalendar calendar() {
        return new ActiveCalendar(activeHours, timeZone, restDays);
    }

    /** The personalised notes that a calendar month of the account's zone carries; empty for any number. */
    public OptionalInt noteQuota() {
        return noteQuotaSet == null ? tier.noteQuota() : OptionalInt.of(noteQuotaSet);
    }

    /** The first instant of the calendar month, in the account's zone, in which {@code now} lies. */
    public Instant monthOf(Instant now) {
        return now.atZone(timeZone)
                .toLocalDate()
                .withDayOfMonth(1)
                .atStartOfDay(timeZone)
                .toInstant();
    }

    /** The first instant of the calendar month after the one in which {@code now} lies. */
    public Instant monthAfter(Instant now) {
        return now.atZone(timeZone)
                .toLocalDate()
                .withDayOfMonth(1)
                .plusMonths(1)
                .atStartOfDay(timeZone)
                .toInstant();
    }

    /** The first instant after {@code after} at which the account's nightly run is due, in its own zone. */
    public Instant nightAfter(Instant after) {
        LocalDate date = after.atZone(timeZone).toLocalDate().minusDays(1);
        Instant night;
        do {
            night = date.atTime(withdrawAt).atZone(timeZone).toInstant();
            date = date.plusDays(1);
        } while (!night.isAfter(after));
        return night;
    }

    /** Whole days as {@code P30D}, as the caller wrote them. */
    private static String iso(Duration duration) {
        return duration.equals(Duration.ofDays(duration.toDays()))
                ? "P" + duration.toDays() + "D"
                : duration.toString();
    }

    private static ActiveHours readHours(Fields fields) {
        Map<String, List<String>> lists = fields.lists("activeHours");
        if (lists == null) {
            return OFFICE_HOURS;
        }
        Map<DayOfWeek, List<String>> days = new EnumMap<>(DayOfWeek.class);
        lists.forEach((name, spans) -> Arrays.stream(DayOfWeek.values())
                .filter(day -> day.name().equals(name))
                .findFirst()
                .ifPresentOrElse(
                        day -> days.put(day, spans),
                        () -> fields.wrong(
                                "activeHours",
                                "has a day that is none; days are "
                                        + Arrays.stream(DayOfWeek.values())
                                                .map(Enum::name)
                                                .collect(Collectors.joining(", ")))));
        try {
            return ActiveHours.parse(days);
        } catch (IllegalArgumentException refused) {
            fields.wrong("activeHours", refused.getMessage());
            return OFFICE_HOURS;
        }
    }

    private static Set<Advice> readAdvice(Fields fields) {
        Set<Advice> refused = EnumSet.noneOf(Advice.class);
        for (String code : fields.strings("refuseAdvice", Advice.values().length)) {
            Advice.of(code)
                    .ifPresentOrElse(
                            refused::add,
                            () -> fields.wrong(
                                    "refuseAdvice",
                                    "has a code that is none; codes are "
                                            + Arrays.stream(Advice.values())
                                                    .map(Advice::text)
                                                    .collect(Collectors.joining(", "))));
        }
        return Set.copyOf(refused);
    }

    private static String readName(Fields fields, String field) {
        String name = fields.string(field, 63);
        if (name != null && !name.matches("[a-z0-9-]+")) {
            fields.wrong(field, "is 1 to 63 of a-z, 0-9 and hyphen");
            return null;
        }
        return name;
    }

    private static String readEndpoint(Fields fields) {
        String endpoint = fields.string("endpoint", 63);
        JsonNode channel = fields.raw("channel");
        boolean isWebhook = channel != null && Channel.WEBHOOK.name().equals(channel.textValue());
        if (endpoint == null && isWebhook && fields.lacks("endpoint")) {
            fields.wrong("endpoint", "must be given with channel WEBHOOK: the name of one of /api/v1/endpoints");
        } else if (endpoint != null && !isWebhook) {
            fields.wrong("endpoint", "goes with channel WEBHOOK only; leave it out, or say null");
        } else if (endpoint != null && !endpoint.matches("[a-z0-9-]+")) {
            return fields.wrong("endpoint", "is 1 to 63 of a-z, 0-9 and hyphen");
        }
        return endpoint;
    }

    private static WarmUp readWarmUp(Fields fields) {
        Fields warmUp = fields.within("warmUp");
        if (warmUp == null) {
            return null;
        }
        Integer start = warmUp.integer("start", 1, HIGHEST_CAP, null);
        Integer step = warmUp.integer("step", 1, HIGHEST_CAP, null);
        warmUp.done();
        if (start == null || step == null) {
            fields.wrong("warmUp", "needs both: start, the first week's cap, and step, what each week adds");
            return null;
        }
        return new WarmUp(start, step);
    }
}
