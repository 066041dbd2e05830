package dev.hookbus.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks over JSON in UTF-8, checks all of it, and keeps nothing of what is nested: a value that
 * nobody asks for costs one look at each of its bytes.
 */
final class JsonScanner {

  static final int MAX_DEPTH = 500;

  private static final int SURROGATES = 0xD800;
  private static final int SURROGATES_END = 0xE000;

  private final byte[] bytes;
  private final int end;
  private int at;
  private int depth;

  JsonScanner(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  int at() {
    return at;
  }

  /** Passes over blanks and tells what comes next; 0 at the end. */
  byte next() {
    while (at < end) {
      byte b = bytes[at];
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return b;
      }
      at++;
    }
    return 0;
  }

  /** Passes over blanks at the document's end. */
  void finish() {
    if (next() != 0 || at < end) {
      throw new JsonException("the end", at);
    }
  }

  /** Passes over a value, which begins here. */
  void value() {
    switch (next()) {
      case '{' -> members(null);
      case '[' -> items(null);
      case '"' -> string();
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> number();
    }
  }

  /** The members of the object that begins here. */
  List<JsonMember> members() {
    List<JsonMember> members = new ArrayList<>();
    members(members);
    return Collections.unmodifiableList(members);
  }

  /** The items of the array that begins here. */
  List<JsonValue> items() {
    List<JsonValue> items = new ArrayList<>();
    items(items);
    return Collections.unmodifiableList(items);
  }

  private void members(@Nullable List<JsonMember> members) {
    descend();
    if (next() != '}') {
      while (true) {
        if (next() != '"') {
          throw new JsonException("a name", at);
        }
        int name = at;
        string();
        int nameEnd = at;
        require(':');
        int start = start();
        value();
        if (members != null) {
          members.add(
              new JsonMember(
                  JsonValue.unescape(bytes, name, nameEnd),
                  name,
                  new JsonValue(bytes, start, at, null)));
        }
        if (next() == '}') {
          break;
        }
        require(',');
      }
    }
    at++;
    depth--;
  }

  private void items(@Nullable List<JsonValue> items) {
    descend();
    if (next() != ']') {
      while (true) {
        int start = start();
        value();
        if (items != null) {
          items.add(new JsonValue(bytes, start, at, null));
        }
        if (next() == ']') {
          break;
        }
        require(',');
      }
    }
    at++;
    depth--;
  }

  private int start() {
    byte ignored = next();
    return at;
  }

  private void descend() {
    if (++depth > MAX_DEPTH) {
      throw new JsonException("at most " + MAX_DEPTH + " levels of nesting", at);
    }
    at++;
  }

  private void require(char wanted) {
    if (next() != wanted) {
      throw new JsonException("'" + wanted + "'", at);
    }
    at++;
  }

  private void word(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (at >= end || bytes[at] != word.charAt(i)) {
        throw new JsonException(word, at);
      }
      at++;
    }
  }

  private void number() {
    int start = at;
    skip('-');
    if (!skip('0') && digits() == 0) {
      at = start;
      throw new JsonException("a value", at);
    }
    if (skip('.') && digits() == 0) {
      throw new JsonException("a digit", at);
    }
    if (skip('e') || skip('E')) {
      if (!skip('+')) {
        skip('-');
      }
      if (digits() == 0) {
        throw new JsonException("a digit", at);
      }
    }
  }

  private boolean skip(char wanted) {
    if (at < end && bytes[at] == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private int digits() {
    int start = at;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at - start;
  }

  private void string() {
    at++;
    while (at < end) {
      byte b = bytes[at];
      if (b == '"') {
        at++;
        return;
      }
      if (b == '\\') {
        escape();
      } else if (b < 0) {
        character();
      } else if (b < ' ') {
        throw new JsonException("an escape", at);
      } else {
        at++;
      }
    }
    throw new JsonException("the end of a string", at);
  }

  private void escape() {
    at++;
    int letter = at < end ? bytes[at] : 0;
    if (letter == 'u') {
      for (int i = 1; i <= 4; i++) {
        if (at + i >= end || Character.digit(bytes[at + i], 16) < 0) {
          throw new JsonException("four hex digits", at);
        }
      }
      at += 5;
    } else if (letter != 0 && "\"\\/bfnrt".indexOf(letter) >= 0) {
      at++;
    } else {
      throw new JsonException("an escape", at);
    }
  }

  /** Passes over a character that takes more than one byte. */
  private void character() {
    int lead = bytes[at] & 0xFF;
    int more = lead < 0xC2 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : lead < 0xF5 ? 3 : 0;
    int point = lead & (0x3F >> more);
    int start = at++;
    for (int i = 0; i < more; i++) {
      if (at >= end || (bytes[at] & 0xC0) != 0x80) {
        throw new JsonException("UTF-8", start);
      }
      point = point << 6 | (bytes[at++] & 0x3F);
    }
    boolean overlong = (more == 2 && point < 0x800) || (more == 3 && point < 0x10000);
    boolean surrogate = point >= SURROGATES && point < SURROGATES_END;
    if (more == 0 || overlong || surrogate || point > Character.MAX_CODE_POINT) {
      throw new JsonException("UTF-8", start);
    }
  }
}
