package dev.hookbus.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a hook keeps the rollout guide's limits: P50 5 ms, P95 15 ms, P99 50 ms, 1 % failures.
 *
 * @param findings one line per limit that is broken; empty if the hook is healthy
 */
public record Health(List<String> findings) {

  private static final double MAX_FAILURE_PERCENT = 1;

  /** Copies the findings. */
  public Health {
    findings = List.copyOf(findings);
  }

  /** Judges one hook. A hook that never ran is healthy. */
  public static Health of(HookStats stats) {
    List<String> findings = new ArrayList<>();
    checkPercentile(findings, stats, 0.50, 5);
    checkPercentile(findings, stats, 0.95, 15);
    checkPercentile(findings, stats, 0.99, 50);
    double failurePercent = 100 - stats.successRate();
    if (failurePercent > MAX_FAILURE_PERCENT) {
      findings.add(line(stats, "failures %.1f %% > %.0f %%", failurePercent, MAX_FAILURE_PERCENT));
    }
    return new Health(findings);
  }

  /** Whether no limit is broken. */
  public boolean ok() {
    return findings.isEmpty();
  }

  private static void checkPercentile(
      List<String> findings, HookStats stats, double p, double limitMillis) {
    double millis = stats.percentileMillis(p);
    if (millis > limitMillis) {
      findings.add(line(stats, "P%.0f %.1f ms > %.0f ms", p * 100, millis, limitMillis));
    }
  }

  private static String line(HookStats stats, String format, Object... values) {
    return stats.hook() + ": " + String.format(Locale.ROOT, format, values);
  }
}
