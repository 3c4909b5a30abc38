package dev.invitepacer.operations.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the server says, in a file that is kept small: the one before it is kept, too, and no more. */
record Log(Path file) {

    static final long LARGEST = 8L << 20;
    private static final Pattern GRAVE = Pattern.compile("(?:FATAL|PANIC|ERROR):\\s+(.*)");

    /** Makes the directory, which belongs to the server. */
    void prepare(Rights rights) throws IOException {
        Files.createDirectories(file.getParent());
        keepSmall();
        rights.own(file.getParent());
    }

    /** Puts the text aside when there is much of it. The server goes on in the same file, to which it only ever appends. */
    void keepSmall() throws IOException {
        if (size() > LARGEST) {
            Files.copy(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            try (var text = FileChannel.open(file, StandardOpenOption.WRITE)) {
                text.truncate(0);
            }
        }
    }

    long size() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    /** The last grave thing that the server said after the log had the size. */
    Optional<String> reasonSince(long size) throws IOException {
        if (size() <= size) {
            return Optional.empty();
        }
        try (var text = Files.newInputStream(file)) {
            text.skipNBytes(size);
            return new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(GRAVE::matcher)
                    .flatMap(matcher -> matcher.results().map(match -> match.group(1)))
                    .reduce((first, last) -> last);
        }
    }
}
