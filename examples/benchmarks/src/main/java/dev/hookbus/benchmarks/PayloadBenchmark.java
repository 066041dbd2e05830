package dev.hookbus.benchmarks;

import dev.hookbus.payload.Redactor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Redaction of clean and dirty payloads, beside regular expressions and beside hashing them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PayloadBenchmark {

  private static final String TOKEN = "gh" + "p_" + "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hI6";
  private static final int DIRTY_EVERY = 20;

  private static final Pattern[] RULES = {
    Pattern.compile("gh[pousr]_[0-9A-Za-z]{20,}"),
    Pattern.compile("AKIA[0-9A-Z]{16}"),
    Pattern.compile("sk-[0-9A-Za-z_-]{20,}"),
    Pattern.compile("eyJ[\\w-]+\\.eyJ[\\w-]+\\.[\\w-]+"),
    Pattern.compile("[\\w.+-]+@[\\w-]+\\.[\\w.-]+"),
    Pattern.compile("(?i)(password|secret|token|api[_-]?key)\"?\\s*[:=]\\s*\"?[^\\s\",]+"),
    Pattern.compile("\\b\\d{3}-\\d{3}-\\d{4}\\b"),
    Pattern.compile("\\b\\d{1,3}(\\.\\d{1,3}){3}\\b"),
  };

  @Param({"1000", "20000", "200000"})
  private int bytes;

  @Param({"json", "log", "source"})
  private String kind;

  @Param({"false", "true"})
  private boolean dirty;

  private byte[] utf8 = {};
  private String text = "";

  /** Makes the payload. */
  @Setup
  public void generate() {
    StringBuilder out = new StringBuilder(bytes + 500);
    for (int line = 0; out.length() < bytes; line++) {
      out.append(line(line));
      if (dirty && line % DIRTY_EVERY == 0) {
        out.append("mail ann@example.com token ").append(TOKEN).append('\n');
      }
    }
    text = out.toString();
    utf8 = text.getBytes(StandardCharsets.UTF_8);
  }

  private String line(int n) {
    return switch (kind) {
      case "json" ->
          "{\"session_id\":\"7d1c0b52-93c4-4d0e-9a34-6f0f5b1d2e01\",\"tool_name\":\"Bash\","
              + "\"tool_input\":{\"command\":\"npm run build && git status --short\"},"
              + "\"tool_response\":{\"stdout\":\"Done in "
              + n
              + " ms\\nM src/app/index.ts\\n\",\"exit_code\":0}}\n";
      case "log" ->
          "2026-01-15 10:30:45,123 INFO [main-"
              + n
              + "] c.e.shop.OrderService - processed order in 17 ms, status=ok\n";
      default ->
          "    if (values.size() > " + n + ") { return counter.increment(values.get(0)); }\n";
    };
  }

  /** The built-in rules. */
  @Benchmark
  public byte[] redact() {
    return Redactor.standard().redact(utf8);
  }

  /** Eight of the rules as regular expressions, one after the other. */
  @Benchmark
  public String regex() {
    String result = text;
    for (Pattern rule : RULES) {
      result = rule.matcher(result).replaceAll("[REDACTED]");
    }
    return result;
  }

  /** What hashing the same bytes costs. */
  @Benchmark
  public byte[] sha256() throws NoSuchAlgorithmException {
    return MessageDigest.getInstance("SHA-256").digest(utf8);
  }
}
