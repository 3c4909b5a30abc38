package dev.invitepacer.benchmark.release;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process holds, in 10^6 bytes; null where it cannot be told. */
final class Memory {
    private static final Pattern USED = Pattern.compile("generation .* used (\\d+)K");

    private Memory() {}

    /** Resident memory, as Linux tells it: in kB, which are 1,024 bytes. */
    static Double resident(long process) throws IOException {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + process + "/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return megabytes(Long.parseLong(line.replaceAll("\\D", "")));
                }
            }
        } catch (NoSuchFileException notLinux) {
            return null;
        }
        return null;
    }

    /** What is left in the heap of a Java process with the serial collector, once it has collected. */
    static Double live(long process) throws IOException, InterruptedException {
        tell(process, "GC.run");
        Matcher used = USED.matcher(tell(process, "GC.heap_info"));
        long kilobytes = 0;
        boolean isTold = false;
        while (used.find()) {
            kilobytes += Long.parseLong(used.group(1));
            isTold = true;
        }
        return isTold ? megabytes(kilobytes) : null;
    }

    private static Double megabytes(long kilobytes) {
        return kilobytes * 1_024 / 1e6;
    }

    /** What the JDK's own tool says; of a process that is no Java, that it cannot. */
    private static String tell(long process, String what) throws IOException, InterruptedException {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process asked = new ProcessBuilder(tool.toString(), String.valueOf(process), what)
                .redirectErrorStream(true)
                .start();
        String told = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        asked.waitFor(10, TimeUnit.SECONDS);
        return told;
    }
}
