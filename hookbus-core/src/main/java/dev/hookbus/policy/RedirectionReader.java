package dev.hookbus.policy;

import dev.hookbus.policy.ShellScript.Input;
import dev.hookbus.policy.ShellScript.Redirection;
import java.util.List;

/** Reads redirections: to and from files, here-documents, here-strings. */
final class RedirectionReader {

  private final ShellReader in;
  private final ShellParser parser;

  RedirectionReader(ShellReader in, ShellParser parser) {
    this.in = in;
    this.parser = parser;
  }

  /**
   * Reads a redirection, if one begins here.
   *
   * @param input takes what is fed by a here-document or here-string
   */
  boolean read(List<Redirection> redirections, Input input) {
    int start = in.position();
    boolean both = in.atText("&>");
    if (both) {
      in.accept('&');
    } else {
      skipDescriptor();
    }
    if (!in.atAnyOf("<>") || (in.position() == start && in.atProcessSubstitution())) {
      in.moveTo(start);
      return false;
    }
    if (in.acceptText("<<<")) {
      in.skipBlanks();
      input.set(in.word().whole());
    } else if (in.acceptText("<<")) {
      hereDocument(input);
    } else {
      file(redirections, both);
    }
    return true;
  }

  /** Skips {@code 2} or <code>{fd}</code> if a redirection follows directly. */
  private void skipDescriptor() {
    int start = in.position();
    while (!in.atEnd() && Character.isDigit(in.peek())) {
      in.next();
    }
    if (in.position() == start && in.accept('{')) {
      in.moveTo(ShellChars.endOfName(in.text(), in.position()));
      if (!in.accept('}')) {
        in.moveTo(start);
      }
    }
    if (!in.atAnyOf("<>")) {
      in.moveTo(start);
    }
  }

  private void hereDocument(Input input) {
    boolean stripsTabs = in.accept('-');
    in.skipBlanks();
    if (!in.atOperator()) {
      in.hereDocuments().announce(in.word(), stripsTabs, input);
    }
  }

  private void file(List<Redirection> redirections, boolean both) {
    boolean writes = in.at('>') || in.atText("<>");
    in.next();
    boolean duplicates = !in.accept('>') && !in.accept('|') && !both && in.accept('&');
    in.skipBlanks();
    if (in.atOperator()) {
      return;
    }
    for (ShellWord target : in.word().words()) {
      if (!duplicates || !isDescriptor(target.text())) {
        redirections.add(new Redirection(writes, target, parser.context().directory()));
      }
    }
  }

  private static boolean isDescriptor(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!Character.isDigit(text.charAt(i)) && text.charAt(i) != '-') {
        return false;
      }
    }
    return true;
  }
}
