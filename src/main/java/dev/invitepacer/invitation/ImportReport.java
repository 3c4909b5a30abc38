package dev.invitepacer.invitation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.TreeMap;

import dev.invitepacer.web.CsvCells;

/** Writes the rows that an import lists as a file, by line. What was refused comes before what was advised. */
@ApplicationScoped
class ImportReport {
    private static final String HEADER = "line,result,profile,code,detail,availableAt\r\n";

    private final ObjectMapper json;

    ImportReport(ObjectMapper json) {
        this.json = json;
    }

    String of(ImportView its) {
        TreeMap<Long, StringBuilder> lines = new TreeMap<>();
        for (JsonNode row : rows(its.refused())) {
            add(lines, row, "REFUSED", row, row.path("availableAt").textValue());
        }
        for (JsonNode row : rows(its.advised())) {
            for (JsonNode advice : row.path("advice")) {
                add(lines, row, "ADVISED", advice, null);
            }
        }
        StringBuilder file = new StringBuilder(HEADER);
        lines.values().forEach(file::append);
        return file.toString();
    }

    private static void add(
            TreeMap<Long, StringBuilder> lines, JsonNode row, String result, JsonNode why, String availableAt) {
        lines.computeIfAbsent(row.path("line").asLong(), line -> new StringBuilder())
                .append(CsvCells.line(
                        row.path("line").asLong(),
                        result,
                        row.path("profile").textValue(),
                        why.path("code").textValue(),
                        why.has("detail")
                                ? why.path("detail").textValue()
                                : why.path("message").textValue(),
                        availableAt));
    }

    private JsonNode rows(String listed) {
        try {
            return listed == null ? json.createArrayNode() : json.readTree(listed);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
