package dev.invitepacer.report.linkedin;

import java.util.List;

/** The two files of an export that tell of invitations. */
public enum ExportFile {
    INVITATIONS("Invitations.csv", List.of("To", "Sent At", "Direction")),
    CONNECTIONS("Connections.csv", List.of("First Name", "Connected On"));

    private final String fileName;
    private final List<String> headings;

    ExportFile(String fileName, List<String> headings) {
        this.fileName = fileName;
        this.headings = headings;
    }

    /** As LinkedIn names it; the letter case differs between exports. */
    public String fileName() {
        return fileName;
    }

    /** The columns by which its header is known. */
    List<String> headings() {
        return headings;
    }
}
