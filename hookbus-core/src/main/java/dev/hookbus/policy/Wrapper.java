package dev.hookbus.policy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A program that starts the program its arguments name.
 *
 * @param optionsWithValue letters of options whose value is the next argument
 * @param operands how many arguments stand before the program
 * @param superuser whether it gives more rights
 */
record Wrapper(String optionsWithValue, int operands, boolean superuser) {

  private static final Map<String, Wrapper> KNOWN =
      Map.ofEntries(
          Map.entry("sudo", new Wrapper("ughpCTUDRrt", 0, true)),
          Map.entry("doas", new Wrapper("uC", 0, true)),
          Map.entry("pkexec", new Wrapper("u", 0, true)),
          Map.entry("env", new Wrapper("uCS", 0, false)),
          Map.entry("nohup", new Wrapper("", 0, false)),
          Map.entry("setsid", new Wrapper("", 0, false)),
          Map.entry("command", new Wrapper("", 0, false)),
          Map.entry("builtin", new Wrapper("", 0, false)),
          Map.entry("exec", new Wrapper("a", 0, false)),
          Map.entry("nice", new Wrapper("n", 0, false)),
          Map.entry("ionice", new Wrapper("cnp", 0, false)),
          Map.entry("time", new Wrapper("fo", 0, false)),
          Map.entry("timeout", new Wrapper("sk", 1, false)),
          Map.entry("stdbuf", new Wrapper("ioe", 0, false)),
          Map.entry("unbuffer", new Wrapper("", 0, false)),
          Map.entry("chrt", new Wrapper("", 1, false)),
          Map.entry("taskset", new Wrapper("", 1, false)),
          Map.entry("chroot", new Wrapper("", 1, false)),
          Map.entry("unshare", new Wrapper("", 0, false)),
          Map.entry("nsenter", new Wrapper("t", 0, false)),
          Map.entry("strace", new Wrapper("oepsu", 0, false)),
          Map.entry("busybox", new Wrapper("", 0, false)),
          Map.entry("toybox", new Wrapper("", 0, false)),
          Map.entry("xargs", new Wrapper("IEnPLdsa", 0, false)),
          Map.entry("parallel", new Wrapper("jIN", 0, false)),
          Map.entry("flock", new Wrapper("wE", 1, false)),
          Map.entry("caffeinate", new Wrapper("tw", 0, false)));

  static @Nullable Wrapper of(String program) {
    return KNOWN.get(program);
  }

  /** Where the program stands among the words, the first of which is the wrapper. */
  int programAt(List<ShellWord> words) {
    int i = 1;
    int operandsLeft = operands;
    while (i < words.size()) {
      String text = words.get(i).text();
      if (text.equals("--")) {
        i++;
      } else if (text.length() > 1 && text.charAt(0) == '-') {
        i += takesNext(text) ? 2 : 1;
      } else if (isAssignment(text)) {
        i++;
      } else if (operandsLeft > 0) {
        operandsLeft--;
        i++;
      } else {
        return i;
      }
    }
    return words.size();
  }

  private static boolean isAssignment(String text) {
    int equals = text.indexOf('=');
    return equals > 0 && ShellChars.isName(text, equals);
  }

  private boolean takesNext(String option) {
    if (option.startsWith("--")) {
      return false;
    }
    char last = option.charAt(option.length() - 1);
    return optionsWithValue.indexOf(last) >= 0 && optionsWithValue.indexOf(option.charAt(1)) >= 0;
  }
}
