package io.chordata.node.cli;

import com.sun.management.OperatingSystemMXBean;
import io.chordata.node.ring.view.NodeVitals;
import io.chordata.node.storage.ScrubReport;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Asks the system how this process fares. */
final class ProcessVitals {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d{1,15}) kB");
    private static final long KIBIBYTE = 1_024;

    private volatile Supplier<@Nullable ScrubReport> lastScrub = () -> null;

    void scrubbedBy(Supplier<@Nullable ScrubReport> reports) {
        lastScrub = reports;
    }

    /** The share of processor time is of the time since the last call. Reads a file, so on a worker. */
    NodeVitals read() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        ScrubReport scrub = lastScrub.get();
        return new NodeVitals(
                share(system.getProcessCpuLoad()),
                residentBytes(),
                system.getTotalMemorySize(),
                ManagementFactory.getRuntimeMXBean().getStartTime(),
                scrub == null ? null : scrub.endedAt());
    }

    /** Negative, or no number, where the system does not tell. */
    private static @Nullable Double share(double load) {
        return load >= 0 ? Math.min(1, load) : null;
    }

    /** Much of a process is not on Java's heap. Only Linux tells. */
    private static @Nullable Long residentBytes() {
        try {
            return residentBytes(Files.readString(STATUS));
        } catch (IOException e) {
            return null;
        }
    }

    static @Nullable Long residentBytes(String status) {
        Matcher line = RESIDENT.matcher(status);
        return line.find() ? Long.parseLong(line.group(1)) * KIBIBYTE : null;
    }
}
