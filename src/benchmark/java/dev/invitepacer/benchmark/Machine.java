package dev.invitepacer.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What a run ran on. */
public final class Machine {
    private Machine() {}

    public static String told() {
        return String.format(
                Locale.ROOT,
                "%s, %d processors, %d GB; %s %s; Java %s (%s)",
                processor(),
                Runtime.getRuntime().availableProcessors(),
                Math.round(system().getTotalMemorySize() / 1e9),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.version(),
                System.getProperty("java.vm.name"));
    }

    /** How many processes wanted a processor in the last minute, of everything on the machine. */
    public static double load() {
        return system().getSystemLoadAverage();
    }

    private static OperatingSystemMXBean system() {
        return (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    }

    private static String processor() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("processor unknown");
        } catch (IOException notLinux) {
            return "processor unknown";
        }
    }
}
