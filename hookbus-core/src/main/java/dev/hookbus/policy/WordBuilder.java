package dev.hookbus.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects a word character by character with the way each came in, and does what a shell does with
 * the whole: braces, splitting, patterns.
 */
final class WordBuilder {

  /** Most words that braces of one word are written out to. */
  private static final int MAX_BRACE_WORDS = 256;

  /**
   * Braces of longer words stay as they are: such words are data, and reading them is no search.
   */
  private static final int MAX_BRACE_LENGTH = 4096;

  private static final char QUOTED = 'q';
  private static final char PLAIN = 'p';
  private static final char SPLITTABLE = 's';

  private final StringBuilder text = new StringBuilder();
  private final StringBuilder kinds = new StringBuilder();
  private final List<ShellScript> substitutions = new ArrayList<>();
  private boolean started;
  private boolean unguarded;
  private boolean dynamic;

  boolean started() {
    return started;
  }

  /** The text so far. */
  String text() {
    return text.toString();
  }

  /** Whether every character so far is written plainly, as reserved words and names must be. */
  boolean plain() {
    return kinds.indexOf("q") < 0 && kinds.indexOf("s") < 0 && !dynamic;
  }

  /** A quote begins a word even if nothing stands in it. */
  void start() {
    started = true;
  }

  void quoted(char c) {
    add(c, QUOTED);
  }

  void quoted(String characters) {
    for (int i = 0; i < characters.length(); i++) {
      add(characters.charAt(i), QUOTED);
    }
  }

  void plain(char c) {
    add(c, PLAIN);
  }

  /** The value of a variable. */
  void value(String value, boolean inQuotes) {
    for (int i = 0; i < value.length(); i++) {
      add(value.charAt(i), inQuotes ? QUOTED : SPLITTABLE);
    }
    started |= inQuotes;
  }

  /** Something whose value is not known. */
  void unknown(String asWritten, boolean neverEmpty) {
    quoted(asWritten);
    dynamic = true;
    unguarded |= !neverEmpty;
  }

  void substitution(ShellScript script) {
    substitutions.add(script);
    unknown("$()", false);
  }

  /** Takes over the scripts of a part that is not shown. */
  void substitutionsOf(WordBuilder part) {
    substitutions.addAll(part.substitutions);
  }

  private void add(char c, char kind) {
    text.append(c);
    kinds.append(kind);
    started = true;
  }

  /** The one word this is where a shell does not split, as in an assignment. */
  ShellWord whole() {
    return word(text.toString(), kinds.toString());
  }

  /** The words this is for a program. */
  List<ShellWord> words() {
    List<ShellWord> words = new ArrayList<>();
    List<String[]> braced = new ArrayList<>();
    braced.add(new String[] {text.toString(), kinds.toString()});
    if (text.length() <= MAX_BRACE_LENGTH) {
      expandBraces(braced);
    }
    for (String[] one : braced) {
      split(one[0], one[1], words);
    }
    return words;
  }

  /** Writes out the first group of braces in each entry until none is left. */
  private static void expandBraces(List<String[]> words) {
    int i = 0;
    while (i < words.size() && words.size() < MAX_BRACE_WORDS) {
      List<String[]> alternatives = alternatives(words.get(i)[0], words.get(i)[1]);
      if (alternatives.isEmpty()) {
        i++;
      } else {
        words.remove(i);
        words.addAll(i, alternatives);
      }
    }
  }

  private static List<String[]> alternatives(String text, String kinds) {
    for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', open + 1)) {
      if (kinds.charAt(open) != PLAIN) {
        continue;
      }
      List<Integer> cuts = new ArrayList<>();
      int close = closingBrace(text, kinds, open, cuts);
      if (close >= 0 && !cuts.isEmpty()) {
        List<String[]> alternatives = new ArrayList<>();
        cuts.add(close);
        int from = open + 1;
        for (int cut : cuts) {
          alternatives.add(
              new String[] {
                text.substring(0, open) + text.substring(from, cut) + text.substring(close + 1),
                kinds.substring(0, open) + kinds.substring(from, cut) + kinds.substring(close + 1)
              });
          from = cut + 1;
        }
        return alternatives;
      }
    }
    return List.of();
  }

  private static int closingBrace(String text, String kinds, int open, List<Integer> cuts) {
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      if (kinds.charAt(i) != PLAIN) {
        continue;
      }
      switch (text.charAt(i)) {
        case '{' -> depth++;
        case '}' -> {
          depth--;
          if (depth == 0) {
            return i;
          }
        }
        case ',' -> {
          if (depth == 1) {
            cuts.add(i);
          }
        }
        default -> {}
      }
    }
    return -1;
  }

  private void split(String wordText, String wordKinds, List<ShellWord> words) {
    int from = 0;
    boolean any = false;
    for (int i = 0; i < wordText.length(); i++) {
      if (wordKinds.charAt(i) == SPLITTABLE && isBlank(wordText.charAt(i))) {
        if (i > from) {
          words.add(word(wordText.substring(from, i), wordKinds.substring(from, i)));
        }
        any = true;
        from = i + 1;
      }
    }
    if (from < wordText.length() || (!any && started)) {
      words.add(word(wordText.substring(from), wordKinds.substring(from)));
    }
  }

  private ShellWord word(String wordText, String wordKinds) {
    boolean glob = false;
    for (int i = 0; i < wordText.length() && !glob; i++) {
      char c = wordText.charAt(i);
      glob = (c == '*' || c == '?' || c == '[') && wordKinds.charAt(i) != QUOTED;
    }
    return new ShellWord(wordText, dynamic, dynamic && !unguarded, glob, substitutions);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n';
  }
}
