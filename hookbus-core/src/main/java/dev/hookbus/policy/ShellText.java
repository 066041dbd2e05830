package dev.hookbus.policy;

/** A text, and how far it has been read. */
class ShellText {

  private final String text;
  private int position;

  ShellText(String text) {
    this.text = text;
  }

  final String text() {
    return text;
  }

  final int position() {
    return position;
  }

  /** Goes on at a place, or at the end if that comes before. */
  final void moveTo(int target) {
    position = Math.min(target, text.length());
  }

  final boolean atEnd() {
    return position >= text.length();
  }

  final boolean at(char c) {
    return position < text.length() && text.charAt(position) == c;
  }

  final boolean atText(String wanted) {
    return text.startsWith(wanted, position);
  }

  final boolean atAnyOf(String characters) {
    return position < text.length() && characters.indexOf(text.charAt(position)) >= 0;
  }

  /** Whether {@code <(} or {@code >(} stands here. */
  final boolean atProcessSubstitution() {
    return atText("<(") || atText(">(");
  }

  final boolean accept(char c) {
    boolean there = at(c);
    position += there ? 1 : 0;
    return there;
  }

  final boolean acceptText(String wanted) {
    boolean there = atText(wanted);
    position += there ? wanted.length() : 0;
    return there;
  }

  /** The next character, which is left where it is; there must be one. */
  final char peek() {
    return text.charAt(position);
  }

  /** Takes the next character; there must be one. */
  final char next() {
    return text.charAt(position++);
  }

  /** Takes the text up to a place. */
  final String takeTo(int end) {
    String taken = text.substring(position, end);
    position = end;
    return taken;
  }

  /** Where a character stands next, or the end of the text. */
  final int find(char c) {
    int found = text.indexOf(c, position);
    return found < 0 ? text.length() : found;
  }
}
