package dev.hookbus.install;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a matcher as the host does: letters, digits, {@code _}, {@code -}, blanks, commas and
 * bars alone are names; anything else is a pattern that may match anywhere in the value.
 */
final class MatcherCheck {

  private static final String EXACT =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_- ,|";
  private static final String MCP = "mcp__";

  private final String event;
  private final String where;
  private final List<Diagnosis> findings = new ArrayList<>();

  private MatcherCheck(String event, String where) {
    this.event = event;
    this.where = where;
  }

  /** What is wrong with a hook's matcher. */
  static List<Diagnosis> of(RegisteredHook hook, String where) {
    MatcherCheck check = new MatcherCheck(hook.event(), where);
    String matcher = hook.matcher();
    if (matcher != null && !hook.matchesAll()) {
      check.matcher(matcher);
    }
    return check.findings;
  }

  private void matcher(String matcher) {
    if (!HostEvents.takesMatcher(event)) {
      findings.add(Diagnosis.warning(event + " takes no matcher", where, "take the matcher out"));
    } else if (isExact(matcher)) {
      StringTokenizer names = new StringTokenizer(matcher, "|,");
      while (names.hasMoreTokens()) {
        name(names.nextToken().strip());
      }
    } else {
      pattern(matcher);
    }
  }

  private static boolean isExact(String matcher) {
    for (int i = 0; i < matcher.length(); i++) {
      if (EXACT.indexOf(matcher.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  private void name(String name) {
    Set<String> known = HostEvents.matched(event);
    if (HostEvents.isAboutTools(event)) {
      String tool = similar(name, known);
      if (name.startsWith(MCP) && name.indexOf("__", MCP.length()) < 0) {
        matchesNothing(name, "write " + name + "__.*");
      } else if (tool != null) {
        matchesNothing(name, "write " + tool);
      }
    } else if (!known.isEmpty() && !known.contains(name)) {
      String value = similar(name, known);
      matchesNothing(
          name, value == null ? "use one of " + String.join(", ", known) : "write " + value);
    }
  }

  private void pattern(String matcher) {
    Pattern pattern;
    try {
      pattern = Pattern.compile(matcher);
    } catch (PatternSyntaxException e) {
      findings.add(
          Diagnosis.problem(
              "the matcher " + matcher + " is no valid pattern: " + e.getDescription(),
              where,
              "correct it"));
      return;
    }
    int open = matcher.indexOf('(');
    if (HostEvents.isAboutTools(event)) {
      if (open > 0 && HostEvents.matched(event).contains(matcher.substring(0, open))) {
        String tool = matcher.substring(0, open);
        matchesNothing(
            matcher,
            "write \"matcher\": \"" + tool + "\", and \"if\": \"" + matcher + "\" at the handler");
      }
      return;
    }
    Set<String> known = HostEvents.matched(event);
    for (String value : known) {
      if (pattern.matcher(value).find()) {
        return;
      }
    }
    if (!known.isEmpty()) {
      matchesNothing(matcher, "use one of " + String.join(", ", known));
    }
  }

  private void matchesNothing(String matcher, String remedy) {
    findings.add(
        Diagnosis.problem(
            "the matcher " + matcher + " matches nothing that " + event + " is about",
            where,
            remedy));
  }

  /** The value that is written in another case; names are compared with theirs. */
  private static @Nullable String similar(String name, Set<String> known) {
    for (String value : known) {
      if (value.equalsIgnoreCase(name) && !value.equals(name)) {
        return value;
      }
    }
    return null;
  }
}
