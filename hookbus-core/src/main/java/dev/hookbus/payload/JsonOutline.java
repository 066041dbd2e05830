package dev.hookbus.payload;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A JSON document of any length in memory that depends on the bound only: long strings lose their
 * middle first, all down to the same length, then long arrays and objects.
 */
final class JsonOutline {

  /** Memory for one byte of the bound: enough for a document of one-digit numbers. */
  private static final int WEIGHT_PER_BYTE = 48;

  private static final int SHORTEST_STRING = 64;
  private static final int FEWEST_VALUES = 3;
  private static final byte[] CUT_KEY = {'"', (byte) 0xE2, (byte) 0x80, (byte) 0xA6, '"', ':'};

  private final int maxBytes;
  private final long maxWeight;
  private @Nullable JsonNode root;
  private long weight;
  private int stringLimit;
  private int countLimit = Integer.MAX_VALUE / 2;

  JsonOutline(int maxBytes) {
    this.maxBytes = maxBytes;
    this.maxWeight = (long) maxBytes * WEIGHT_PER_BYTE + 65_536;
    this.stringLimit = Math.max(maxBytes, SHORTEST_STRING);
  }

  void add(@Nullable JsonNode parent, JsonNode node) {
    if (parent == null) {
      root = node;
    } else {
      parent.add(node, countLimit);
    }
    weight += node.weight();
    shrinkIfHeavy();
  }

  void append(JsonNode node, byte[] bytes, int from, int to) {
    CutText text = node.text;
    if (text != null) {
      int before = text.held();
      text.append(bytes, from, to, node.isString() ? stringLimit : maxBytes);
      weight += text.held() - before;
      shrinkIfHeavy();
    }
  }

  private void shrinkIfHeavy() {
    JsonNode document = root;
    while (weight > maxWeight && document != null) {
      // Values that have been dropped since are still counted.
      weight = shrink(document);
      if (weight <= maxWeight / 4 * 3) {
        return;
      }
      if (stringLimit > SHORTEST_STRING) {
        stringLimit = Math.max(SHORTEST_STRING, stringLimit / 2);
      } else if (countLimit > FEWEST_VALUES) {
        countLimit = Math.max(FEWEST_VALUES, Math.min(countLimit, largestCount(document)) / 2);
      } else {
        return;
      }
      weight = shrink(document);
    }
  }

  private static int largestCount(JsonNode node) {
    int largest = node.count();
    for (JsonNode child : node.first()) {
      largest = Math.max(largest, largestCount(child));
    }
    for (JsonNode child : node.last()) {
      largest = Math.max(largest, largestCount(child));
    }
    return largest;
  }

  private long shrink(JsonNode node) {
    if (node.isString() && node.text != null) {
      node.text.shrink(stringLimit);
    }
    node.limit(countLimit);
    long sum = node.weight();
    for (JsonNode child : node.first()) {
      sum += shrink(child);
    }
    for (JsonNode child : node.last()) {
      sum += shrink(child);
    }
    return sum;
  }

  /** The document in at most the bound's bytes. */
  byte[] toBytes() {
    JsonNode document = root;
    if (document == null) {
      return new byte[0];
    }
    if (size(document, SHORTEST_STRING) > maxBytes) {
      int fewest = FEWEST_VALUES;
      int most = Math.min(countLimit, largestCount(document));
      limitCounts(document, fewest, most);
    }
    int strings = largestFitting(document);
    ByteArrayOutputStream out = new ByteArrayOutputStream(maxBytes);
    if (strings < 0) {
      writeNothing(document, out);
    } else {
      write(document, out, strings);
    }
    return out.toByteArray();
  }

  /** Finds the greatest number of values for which the document fits, and applies it. */
  private void limitCounts(JsonNode document, int fewest, int most) {
    int low = fewest;
    int high = most;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (size(document, SHORTEST_STRING, middle) <= maxBytes) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    countLimit = low;
    shrink(document);
  }

  /** The greatest limit of strings for which the document fits, or -1. */
  private int largestFitting(JsonNode document) {
    int low = SHORTEST_STRING;
    int high = Math.max(stringLimit, SHORTEST_STRING);
    if (size(document, low) > maxBytes) {
      return -1;
    }
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (size(document, middle) <= maxBytes) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private long size(JsonNode node, int strings) {
    return size(node, strings, countLimit);
  }

  /** How many bytes the document takes with limits of strings and of values in a container. */
  private long size(JsonNode node, int strings, int count) {
    byte[] key = node.key;
    long size = key == null ? 0 : key.length + 3;
    CutText text = node.text;
    if (text != null) {
      return size + (node.isString() ? 2 + text.sizeWithin(strings) : text.length());
    }
    int head = Math.min(node.first().size(), count / 3 * 2);
    int tail = count - count / 3 * 2;
    int skip = Math.max(0, node.count() - head - tail);
    boolean cut = node.cutBytes() > 0 || skip > 0;
    size += 2 + (cut ? CUT_KEY.length + Marker.MAX_LENGTH + 3 : 0);
    int index = 0;
    for (JsonNode child : node.first()) {
      if (index < head || index >= head + skip) {
        size += 1 + size(child, strings, count);
      }
      index++;
    }
    for (JsonNode child : node.last()) {
      if (index >= head + skip) {
        size += 1 + size(child, strings, count);
      }
      index++;
    }
    return size;
  }

  private void write(JsonNode node, ByteArrayOutputStream out, int strings) {
    byte[] key = node.key;
    if (key != null) {
      out.write('"');
      out.writeBytes(key);
      out.write('"');
      out.write(':');
    }
    CutText text = node.text;
    if (text == null) {
      writeContainer(node, out, strings);
    } else if (node.isString()) {
      out.write('"');
      text.writeTo(out, strings);
      out.write('"');
    } else {
      text.writeTo(out, Integer.MAX_VALUE);
    }
  }

  private void writeContainer(JsonNode node, ByteArrayOutputStream out, int strings) {
    out.write(node.type);
    boolean separate = false;
    for (JsonNode child : node.first()) {
      separate = separate(out, separate);
      write(child, out, strings);
    }
    if (node.cutBytes() > 0) {
      separate = separate(out, separate);
      writeMarker(node, out, node.cutBytes());
    }
    for (JsonNode child : node.last()) {
      separate = separate(out, separate);
      write(child, out, strings);
    }
    out.write(node.type == '{' ? '}' : ']');
  }

  private static boolean separate(ByteArrayOutputStream out, boolean needed) {
    if (needed) {
      out.write(',');
    }
    return true;
  }

  private static void writeMarker(JsonNode container, ByteArrayOutputStream out, long cut) {
    if (container.type == '{') {
      out.writeBytes(CUT_KEY);
    }
    out.write('"');
    out.writeBytes(Marker.bytes(cut));
    out.write('"');
  }

  /** Nothing fits but a marker: a document of many keys or of great depth. */
  private static void writeNothing(JsonNode document, ByteArrayOutputStream out) {
    if (document.isContainer()) {
      out.write(document.type);
      writeMarker(document, out, document.sourceBytes);
      out.write(document.type == '{' ? '}' : ']');
    } else {
      out.write('"');
      out.writeBytes(Marker.bytes(document.sourceBytes));
      out.write('"');
    }
  }
}
