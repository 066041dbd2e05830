package dev.hookbus.policy;

import dev.hookbus.policy.ShellScript.Input;
import java.util.ArrayList;
import java.util.List;

/** The here-documents that were announced on a line, whose bodies begin on the next. */
final class HereDocuments {

  private record Announced(String delimiter, boolean stripsTabs, boolean literal, Input input) {}

  private final List<Announced> waiting = new ArrayList<>();

  /**
   * Announces one.
   *
   * @param delimiter the word behind {@code <<}; any quote in it makes the body literal
   * @param input takes the body
   */
  void announce(WordBuilder delimiter, boolean stripsTabs, Input input) {
    waiting.add(new Announced(delimiter.text(), stripsTabs, !delimiter.plain(), input));
  }

  /** Reads the bodies of those that wait. */
  void read(ShellText in, ShellParser parser) {
    for (Announced document : waiting) {
      String body = body(in, document);
      if (document.literal) {
        document.input.set(ShellWord.literal(body));
      } else {
        WordBuilder word = new WordBuilder();
        WordReader.expand(body, word, parser);
        document.input.set(word.whole());
      }
    }
    waiting.clear();
  }

  private static String body(ShellText in, Announced document) {
    StringBuilder body = new StringBuilder();
    while (!in.atEnd()) {
      String line = in.takeTo(in.find('\n'));
      in.accept('\n');
      String stripped = document.stripsTabs ? withoutTabs(line) : line;
      if (stripped.equals(document.delimiter)) {
        break;
      }
      body.append(stripped).append('\n');
    }
    return body.toString();
  }

  private static String withoutTabs(String line) {
    int i = 0;
    while (i < line.length() && line.charAt(i) == '\t') {
      i++;
    }
    return line.substring(i);
  }
}
