package dev.hookbus.install;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;

/** Looks for hooks in a host's settings that can't do what they are meant to. */
final class SettingsCheck {

  private static final String EXACT =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_- ,|";
  private static final String MCP = "mcp__";

  private final Path file;
  private final HookSettings settings;
  private final List<Diagnosis> findings = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  private SettingsCheck(Path file, HookSettings settings) {
    this.file = file;
    this.settings = settings;
  }

  static List<Diagnosis> of(Path file, HookSettings settings) {
    SettingsCheck check = new SettingsCheck(file, settings);
    for (RegisteredHook hook : settings.registered()) {
      check.event(hook);
      check.matcher(hook);
      check.policy(hook);
      check.time(hook);
      check.copy(hook);
    }
    return check.findings;
  }

  private String where(RegisteredHook hook) {
    return file + ", line " + settings.line(hook.json());
  }

  private void event(RegisteredHook hook) {
    if (!HostEvents.isKnown(hook.event())) {
      String similar = HostEvents.similar(hook.event());
      findings.add(
          Diagnosis.warning(
              "no event " + hook.event() + " is known",
              where(hook),
              similar == null ? "check its spelling" : "write " + similar));
    }
  }

  private void matcher(RegisteredHook hook) {
    String matcher = hook.matcher();
    if (matcher == null || matcher.isEmpty() || matcher.equals("*")) {
      return;
    }
    if (!HostEvents.takesMatcher(hook.event())) {
      findings.add(
          Diagnosis.warning(
              hook.event() + " takes no matcher", where(hook), "take the matcher out"));
    } else if (HostEvents.isAboutTools(hook.event()) && isExact(matcher)) {
      StringTokenizer names = new StringTokenizer(matcher, "|,");
      while (names.hasMoreTokens()) {
        String name = names.nextToken().strip();
        if (name.startsWith(MCP) && name.indexOf("__", MCP.length()) < 0) {
          findings.add(
              Diagnosis.problem(
                  "the matcher " + name + " is no tool's name and matches nothing",
                  where(hook),
                  "write " + name + "__.*"));
        }
      }
    }
  }

  /** Only then does the host take a matcher as names and not as a pattern. */
  private static boolean isExact(String matcher) {
    for (int i = 0; i < matcher.length(); i++) {
      if (EXACT.indexOf(matcher.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  private void policy(RegisteredHook hook) {
    if (HostEvents.isGate(hook.event()) && hook.runsAside()) {
      findings.add(
          Diagnosis.warning(
              "a hook that runs aside can't block " + hook.event(),
              where(hook),
              "take \"async\" out"));
    } else if (HostEvents.isGate(hook.event()) && !hook.blocksOnFailure()) {
      findings.add(
          Diagnosis.warning(
              "if this hook on " + hook.event() + " crashes, what it guards goes on",
              where(hook),
              "if it must not, add \"onFailure\": \"block\""));
    }
  }

  private void time(RegisteredHook hook) {
    Double timeout = hook.timeout();
    if (timeout != null && timeout < 1) {
      findings.add(
          Diagnosis.problem(
              "a timeout below one second ends before a hook has started",
              where(hook),
              "allow at least 5 seconds"));
    }
  }

  private void copy(RegisteredHook hook) {
    if (!seen.add(hook.event() + "\n" + hook.matcher() + "\n" + hook.json())) {
      findings.add(
          Diagnosis.problem(
              "the same hook is registered twice on " + hook.event() + " and runs twice",
              where(hook),
              "take one of them out"));
    }
  }
}
