package dev.hookbus.payload;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value of a JSON document that is kept in outline. */
final class JsonNode {

  /** Bytes that a node takes in memory beside its text. */
  private static final int OVERHEAD = 96;

  final char type;
  final @Nullable CutText text;
  byte @Nullable [] key;

  /** Bytes of the document from the beginning of this value to its end. */
  long sourceBytes;

  private final List<JsonNode> first = new ArrayList<>(0);
  private final ArrayDeque<JsonNode> last = new ArrayDeque<>(1);
  private long cutBytes;

  private JsonNode(char type, @Nullable CutText text) {
    this.type = type;
    this.text = text;
  }

  /** An object or an array, by the bracket that opens it. */
  static JsonNode container(char bracket) {
    return new JsonNode(bracket, null);
  }

  static JsonNode string() {
    return new JsonNode('"', new CutText(true));
  }

  /** A number, {@code true}, {@code false} or {@code null}; never cut. */
  static JsonNode literal() {
    return new JsonNode('0', new CutText(true));
  }

  boolean isContainer() {
    return text == null;
  }

  boolean isString() {
    return type == '"';
  }

  /** Adds a value at the end; of more than {@code limit} values those in the middle go. */
  void add(JsonNode child, int limit) {
    int head = limit / 3 * 2;
    if (last.isEmpty() && cutBytes == 0 && first.size() < head) {
      first.add(child);
    } else {
      last.add(child);
      dropMiddle(limit - head);
    }
  }

  /** Keeps of the values the first two thirds and the last of a limit. */
  void limit(int limit) {
    int head = limit / 3 * 2;
    if (first.size() + last.size() <= limit) {
      return;
    }
    while (first.size() > head) {
      last.addFirst(first.remove(first.size() - 1));
    }
    dropMiddle(limit - head);
  }

  private void dropMiddle(int tail) {
    while (last.size() > tail) {
      cutBytes += last.remove().sourceBytes + 1;
    }
  }

  /** The first of the values kept; {@link #last} follow them, behind a marker if any are cut. */
  List<JsonNode> first() {
    return first;
  }

  Iterable<JsonNode> last() {
    return last;
  }

  int count() {
    return first.size() + last.size();
  }

  /** Bytes of the document that lie between the first and the last values kept. */
  long cutBytes() {
    return cutBytes;
  }

  /** Bytes of memory that this value takes, without those it contains. */
  int weight() {
    int own = text == null ? OVERHEAD : OVERHEAD + text.held();
    return key == null ? own : own + key.length;
  }
}
