package dev.invitepacer.web;

import io.quarkus.runtime.configuration.MemorySize;
import java.util.Comparator;
import java.util.Map;

import dev.invitepacer.config.LimitsConfig;

/**
 * The largest body that any call takes, and the setting that says so. A call's own limit is checked by the call.
 *
 * @param setting the key
 */
record LargestBody(long bytes, String setting) {
    static LargestBody of(LimitsConfig limits) {
        Map<String, MemorySize> all = Map.of(
                "pacer.limits.json-body", limits.jsonBody(),
                "pacer.limits.import-body", limits.importBody(),
                "pacer.limits.suppression-body", limits.suppressionBody(),
                "pacer.limits.export-body", limits.exportBody());
        return all.entrySet().stream()
                .map(one -> new LargestBody(one.getValue().asLongValue(), one.getKey()))
                .max(Comparator.comparing(LargestBody::bytes).thenComparing(LargestBody::setting))
                .orElseThrow();
    }
}
