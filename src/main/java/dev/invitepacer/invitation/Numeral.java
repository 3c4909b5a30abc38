package dev.invitepacer.invitation;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A whole number as a caller wrote it, in JSON or in a cell, not yet read. Kept as it was written, so that a wrong one
 * is answered together with everything else that is wrong, and the same in JSON and CSV.
 */
@Schema(type = SchemaType.INTEGER, format = "int32")
public record Numeral(String written) {

    /** Nine digits always fit an int. No plus sign, no leading zeros, no other script's digits, no decimals. */
    private static final Pattern WHOLE = Pattern.compile("0|-?[1-9][0-9]{0,8}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Numeral of(Object json) {
        return new Numeral(String.valueOf(json));
    }

    /** The number, or nothing if it is not written as a whole number in plain digits. Blanks around it are ignored. */
    public OptionalInt value() {
        String bare = written.strip();
        return WHOLE.matcher(bare).matches() ? OptionalInt.of(Integer.parseInt(bare)) : OptionalInt.empty();
    }
}
