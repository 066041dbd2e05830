package dev.hookbus.payload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The labelled cases of {@code redaction-corpus.txt}, with its templates filled in. */
final class RedactionCorpus {

  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String DIGITS = "0123456789";

  private RedactionCorpus() {}

  /**
   * A case.
   *
   * @param group heading of its part of the file
   * @param text what is redacted
   * @param secrets what must not survive
   * @param rest what must survive, in order
   */
  record Case(String group, String text, List<String> secrets, List<String> rest) {

    /** Whether no run of 8 bytes of a secret, or all of a shorter one, is left. */
    boolean hides(String output) {
      for (String secret : secrets) {
        int run = Math.min(8, secret.length());
        for (int i = 0; i + run <= secret.length(); i++) {
          String part = secret.substring(i, i + run);
          if (output.contains(part) && !isElsewhere(part)) {
            return false;
          }
        }
      }
      return true;
    }

    private boolean isElsewhere(String part) {
      return rest.stream().anyMatch(text -> text.contains(part));
    }

    /** Whether everything beside the secrets is still there. */
    boolean keeps(String output) {
      int at = 0;
      for (String part : rest) {
        int found = output.indexOf(part, at);
        if (found < 0) {
          return false;
        }
        at = found + part.length();
      }
      return !secrets.isEmpty() || output.equals(text);
    }
  }

  static List<Case> load(long seed) {
    Random random = new Random(seed);
    List<Case> cases = new ArrayList<>();
    String group = "";
    for (String line : lines()) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.matches("\\[[a-zA-Z ]+]")) {
        group = line.substring(1, line.length() - 1);
      } else {
        cases.add(parse(group, fill(line, random)));
      }
    }
    return cases;
  }

  private static List<String> lines() {
    try (InputStream file = RedactionCorpus.class.getResourceAsStream("redaction-corpus.txt")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new IllegalStateException("The corpus cannot be read.", e);
    }
  }

  private static Case parse(String group, String marked) {
    List<String> secrets = new ArrayList<>();
    List<String> rest = new ArrayList<>();
    int at = 0;
    for (int open = marked.indexOf('⟦'); open >= 0; open = marked.indexOf('⟦', at)) {
      int close = marked.indexOf('⟧', open);
      rest.add(marked.substring(at, open));
      secrets.add(marked.substring(open + 1, close));
      at = close + 1;
    }
    rest.add(marked.substring(at));
    return new Case(group, marked.replaceAll("[⟦⟧]", ""), secrets, rest);
  }

  private static String fill(String line, Random random) {
    StringBuilder out = new StringBuilder();
    int i = 0;
    while (i < line.length()) {
      char c = line.charAt(i);
      int close = c == '{' ? line.indexOf('}', i) : -1;
      if (close > 0 && line.substring(i, close + 1).matches("\\{[awxdlubsy]\\d+}")) {
        String alphabet = alphabet(line.charAt(i + 1));
        int count = Integer.parseInt(line.substring(i + 2, close));
        for (int n = 0; n < count; n++) {
          out.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        i = close + 1;
      } else {
        out.append(c == '␤' ? "\n" : c == '␛' ? "\u001b" : c == '¤' ? "" : String.valueOf(c));
        i++;
      }
    }
    return out.toString();
  }

  private static String alphabet(char type) {
    return switch (type) {
      case 'a' -> LOWER + UPPER + DIGITS;
      case 'w' -> LOWER + UPPER + DIGITS + "_";
      case 's' -> LOWER + UPPER + DIGITS + "_-";
      case 'b' -> LOWER + UPPER + DIGITS + "+/";
      case 'x' -> "abcdef" + DIGITS;
      case 'd' -> DIGITS;
      case 'l' -> LOWER + DIGITS;
      case 'u' -> UPPER + DIGITS;
      default -> LOWER;
    };
  }
}
