package dev.invitepacer.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Processor time as Linux counts it, in hundredths of a second. */
public final class Processor {
    private static final int USER_TIME = 11;

    private Processor() {}

    /** Of the process and its children, those that ended included. */
    public static Duration ofTree(long process) throws IOException {
        Duration time = of(process, 4);
        for (ProcessHandle child :
                ProcessHandle.of(process).orElseThrow().descendants().toList()) {
            time = time.plus(of(child.pid(), 4));
        }
        return time;
    }

    public static Duration of(long process) throws IOException {
        return of(process, 2);
    }

    /** The first fields are the process's own, the next two those of children that have ended. */
    private static Duration of(long process, int fields) throws IOException {
        String[] words;
        try {
            String line = Files.readString(Path.of("/proc/" + process + "/stat"));
            words = line.substring(line.lastIndexOf(')') + 2).split(" ");
        } catch (java.nio.file.NoSuchFileException ended) {
            return Duration.ZERO;
        }
        long ticks = 0;
        for (int i = 0; i < fields; i++) {
            ticks += Long.parseLong(words[USER_TIME + i]);
        }
        return Duration.ofMillis(ticks * 10);
    }
}
