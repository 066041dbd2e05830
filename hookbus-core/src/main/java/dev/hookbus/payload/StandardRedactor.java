package dev.hookbus.payload;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The built-in rules. */
final class StandardRedactor implements Redactor {

  static final StandardRedactor STRICT = new StandardRedactor(RedactionMode.STRICT);

  private final RedactionMode mode;

  StandardRedactor(RedactionMode mode) {
    this.mode = mode;
  }

  @Override
  public RedactionMode mode() {
    return mode;
  }

  @Override
  public byte[] redact(byte[] utf8) {
    return apply(utf8).bytes();
  }

  @Override
  public String redact(String text) {
    byte[] utf8 = Utf8.encode(text);
    byte[] redacted = redact(utf8);
    return redacted == utf8 ? text : new String(redacted, StandardCharsets.UTF_8);
  }

  @Override
  public Redaction apply(byte[] utf8) {
    if (mode == RedactionMode.DISABLED) {
      return new Redaction(utf8, Map.of());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int copied = 0;
    int hits = 0;
    for (int at = 0; at < utf8.length; at++) {
      if (utf8[at] == '@') {
        int start = at;
        while (start > copied && isMailByte(utf8[start - 1])) {
          start--;
        }
        int end = at + 1;
        while (end < utf8.length && isMailByte(utf8[end])) {
          end++;
        }
        if (start < at && end > at + 3) {
          out.write(utf8, copied, start - copied);
          out.writeBytes(RedactionKind.EMAIL.bytes());
          copied = end;
          at = end - 1;
          hits++;
        }
      }
    }
    if (hits == 0) {
      return new Redaction(utf8, Map.of());
    }
    out.write(utf8, copied, utf8.length - copied);
    return new Redaction(out.toByteArray(), Map.of(RedactionKind.EMAIL.label(), hits));
  }

  private static boolean isMailByte(byte b) {
    return Character.isLetterOrDigit(b & 0x7F) || b == '.' || b == '-' || b == '_' || b == '+';
  }

  @Override
  public List<Finding> explain(String text) {
    return List.of();
  }

  @Override
  public RedactingStream redactTo(OutputStream sink) {
    return new RedactingStream() {
      private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
      private Map<String, Integer> counts = Map.of();

      @Override
      public void write(int b) {
        buffer.write(b);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) {
        buffer.write(bytes, offset, length);
      }

      @Override
      public void close() throws IOException {
        Redaction redaction = apply(buffer.toByteArray());
        counts = redaction.counts();
        sink.write(redaction.bytes());
        sink.flush();
      }

      @Override
      public Map<String, Integer> redactions() {
        return counts;
      }
    };
  }
}
