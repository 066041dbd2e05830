package dev.hookbus.install;

import dev.hookbus.host.HookEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks for hooks in a host's settings that can't do what they are meant to. */
final class SettingsCheck {

  private final Path file;
  private final HookSettings settings;
  private final List<Diagnosis> findings = new ArrayList<>();
  private final List<RegisteredHook> seen = new ArrayList<>();

  private SettingsCheck(Path file, HookSettings settings) {
    this.file = file;
    this.settings = settings;
  }

  /**
   * Looks at every hook.
   *
   * @param ours policies of the commands that were installed, by the text that starts them: whether
   *     they fail closed
   */
  static List<Diagnosis> of(Path file, HookSettings settings, Map<String, Boolean> ours) {
    SettingsCheck check = new SettingsCheck(file, settings);
    for (RegisteredHook hook : settings.registered()) {
      check.event(hook);
      check.findings.addAll(MatcherCheck.of(hook, check.where(hook)));
      check.policy(hook, ours.get(String.valueOf(hook.command())));
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

  /**
   * Looks at what becomes of a failure.
   *
   * @param failsClosed what its author chose; null where that is not known
   */
  private void policy(RegisteredHook hook, @Nullable Boolean failsClosed) {
    if (!HookEvent.isGate(hook.event()) || Boolean.FALSE.equals(failsClosed)) {
      return;
    }
    if (hook.runsAside()) {
      findings.add(
          Diagnosis.warning(
              "a hook that runs aside can't block " + hook.event(),
              where(hook),
              "take \"async\" out"));
    } else if (!hook.blocksOnFailure() && failsClosed != null) {
      findings.add(
          Diagnosis.problem(
              "this hook on "
                  + hook.event()
                  + " fails closed, but not where it can't answer itself",
              where(hook),
              "add \"onFailure\": \"block\", or run hookbus install again"));
    } else if (!hook.blocksOnFailure()) {
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
    for (RegisteredHook earlier : seen) {
      if (earlier.isCopyOf(hook)) {
        findings.add(
            Diagnosis.problem(
                "the same hook is registered twice on " + hook.event() + " and runs twice",
                where(hook),
                "take one of them out"));
      }
    }
    seen.add(hook);
  }
}
