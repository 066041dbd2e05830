package dev.hookbus.payload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads JSON that arrives in pieces into a {@link JsonOutline}, and notices what is not JSON. */
final class JsonReader {

  private static final int MAX_DEPTH = 500;
  private static final int MAX_KEY = 4_096;
  private static final int MAX_LITERAL = 1_024;

  private static final int VALUE = 0;
  private static final int FIRST_VALUE = 1;
  private static final int KEY = 2;
  private static final int FIRST_KEY = 3;
  private static final int COLON = 4;
  private static final int AFTER = 5;
  private static final int IN_KEY = 6;
  private static final int IN_STRING = 7;
  private static final int IN_LITERAL = 8;
  private static final int INVALID = 9;

  private final JsonOutline outline;
  private final List<JsonNode> open = new ArrayList<>();
  private final List<Long> starts = new ArrayList<>();
  private byte[] token = new byte[64];
  private int tokenSize;
  private byte @Nullable [] key;
  private @Nullable JsonNode value;
  private long valueStart;

  /** Where the piece that is being read begins in the document, and how far it has been read. */
  private long base;

  private int at;
  private int state = VALUE;

  /** Bytes of an escape that are still to come: 1 for its letter, then 4 to 1 for hex digits. */
  private int escape;

  private boolean hex;

  JsonReader(JsonOutline outline) {
    this.outline = outline;
  }

  boolean isValid() {
    return state != INVALID;
  }

  void read(byte[] bytes, int from, int to) {
    int i = from;
    base -= from;
    at = from;
    while (i < to && state != INVALID) {
      int end =
          switch (state) {
            case IN_KEY, IN_STRING -> text(bytes, i, to);
            case IN_LITERAL -> literal(bytes, i, to);
            default -> structure(bytes[i], i);
          };
      i = end;
      at = end;
    }
    base += to;
  }

  /** Whether the document is complete. */
  boolean finish() {
    if (state == IN_LITERAL) {
      endLiteral();
    }
    return state == AFTER && open.isEmpty();
  }

  private int structure(byte b, int at) {
    if (b == ' ' || b == '\n' || b == '\t' || b == '\r') {
      return at + 1;
    }
    boolean value = state == VALUE || state == FIRST_VALUE;
    if (b == '"' && value) {
      begin(JsonNode.string(), IN_STRING);
    } else if (b == '"' && (state == KEY || state == FIRST_KEY)) {
      tokenSize = 0;
      state = IN_KEY;
    } else if ((b == '{' || b == '[') && value) {
      open((char) b);
    } else if (b == '}' && (state == FIRST_KEY || (state == AFTER && isIn('{')))) {
      close();
    } else if (b == ']' && (state == FIRST_VALUE || (state == AFTER && isIn('[')))) {
      close();
    } else if (b == ':' && state == COLON) {
      state = VALUE;
    } else if (b == ',' && state == AFTER && !open.isEmpty()) {
      state = isIn('{') ? KEY : VALUE;
    } else if (value && isLiteral(b)) {
      begin(JsonNode.literal(), IN_LITERAL);
      tokenSize = 0;
      return at;
    } else {
      state = INVALID;
    }
    return at + 1;
  }

  private boolean isIn(char bracket) {
    return !open.isEmpty() && open.get(open.size() - 1).type == bracket;
  }

  private void begin(JsonNode node, int next) {
    attach(node);
    value = node;
    valueStart = base + at;
    state = next;
  }

  private void attach(JsonNode node) {
    node.key = key;
    key = null;
    outline.add(open.isEmpty() ? null : open.get(open.size() - 1), node);
  }

  private void open(char bracket) {
    if (open.size() == MAX_DEPTH) {
      state = INVALID;
      return;
    }
    JsonNode node = JsonNode.container(bracket);
    attach(node);
    open.add(node);
    starts.add(base + at);
    state = bracket == '{' ? FIRST_KEY : FIRST_VALUE;
  }

  private void close() {
    JsonNode node = open.remove(open.size() - 1);
    node.sourceBytes = base + at + 1 - starts.remove(starts.size() - 1);
    state = AFTER;
  }

  /** Reads on in a string or a key. */
  private int text(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      byte b = bytes[i];
      if (escape > 0) {
        if (!escaped(b)) {
          state = INVALID;
          return i;
        }
      } else if (b == '"') {
        store(bytes, from, i);
        at = i;
        endText();
        return i + 1;
      } else if (b == '\\') {
        escape = 1;
        hex = false;
      } else if (b >= 0 && b < ' ') {
        state = INVALID;
        return i;
      }
      i++;
    }
    store(bytes, from, to);
    return to;
  }

  private boolean escaped(byte b) {
    escape--;
    if (hex) {
      return Chars.is(b, Chars.HEX);
    }
    if (b == 'u') {
      hex = true;
      escape = 4;
      return true;
    }
    return "\"\\/bfnrt".indexOf(b) >= 0;
  }

  private void store(byte[] bytes, int from, int to) {
    if (state == IN_KEY) {
      keep(bytes, from, to, MAX_KEY);
    } else {
      outline.append(node(), bytes, from, to);
    }
  }

  private void keep(byte[] bytes, int from, int to, int max) {
    if (tokenSize + to - from > max) {
      state = INVALID;
      return;
    }
    if (tokenSize + to - from > token.length) {
      token = Arrays.copyOf(token, Math.max(token.length * 2, tokenSize + to - from));
    }
    System.arraycopy(bytes, from, token, tokenSize, to - from);
    tokenSize += to - from;
  }

  private void endText() {
    if (state == IN_KEY) {
      key = Arrays.copyOf(token, tokenSize);
      state = COLON;
    } else if (state == IN_STRING) {
      node().sourceBytes = base + at + 1 - valueStart;
      state = AFTER;
    }
  }

  private JsonNode node() {
    if (value == null) {
      throw new IllegalStateException("A value has been read that never began.");
    }
    return value;
  }

  private int literal(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && isLiteral(bytes[i])) {
      i++;
    }
    keep(bytes, from, i, MAX_LITERAL);
    if (i < to && state != INVALID) {
      endLiteral();
    }
    return i;
  }

  private static boolean isLiteral(byte b) {
    return Chars.is(b, Chars.ALNUM | Chars.DASH | Chars.PLUS | Chars.DOT);
  }

  private void endLiteral() {
    outline.append(node(), token, 0, tokenSize);
    node().sourceBytes = tokenSize;
    state = JsonLiteral.isValid(token, tokenSize) ? AFTER : INVALID;
  }
}
