package dev.hookbus.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More than memory holds through a process of 48 MB of heap: a gigabyte in one string. */
class HugePayloadTest {

  private static final long ONE_STRING = 1_000_000_000L;
  private static final long MANY_VALUES = 50_000_000L;

  @ParameterizedTest
  @ValueSource(strings = {"string", "array", "text"})
  void hugeInput_passesThroughASmallHeap(String kind) throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx48m",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Child.class.getName(),
                    kind))
            .redirectErrorStream(true)
            .start();
    String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(child.waitFor()).as(output).isZero();
    assertThat(output).contains("truncated=true").contains("fits=true").contains("secret=false");
  }

  /** Runs in the child process. */
  static final class Child {

    private Child() {}

    public static void main(String[] args) throws IOException {
      Generated input = new Generated(args[0]);
      BoundedPayload payload = PayloadPipeline.builder().build().process(input);
      String text = payload.text();
      System.out.println("original=" + payload.originalBytes());
      System.out.println("truncated=" + payload.truncated());
      System.out.println("fits=" + (payload.bytes().length <= PayloadPipeline.DEFAULT_MAX_BYTES));
      System.out.println("secret=" + text.contains("hunter"));
    }
  }

  /** Input that is made as it is read: a JSON object of one string, an array of objects, lines. */
  private static final class Generated extends InputStream {

    private final byte[] unit;
    private final byte[] begin;
    private final byte[] end;
    private final long size;
    private long position;

    Generated(String kind) {
      size = kind.equals("string") ? ONE_STRING : MANY_VALUES;
      String line =
          "a line of ordinary output, number 17, and so on".repeat(100) + " password=hunter2 ";
      begin = ascii(kind.equals("string") ? "{\"stdout\":\"" : kind.equals("array") ? "[1" : "");
      unit =
          ascii(
              kind.equals("array")
                  ? ",{\"n\":17,\"message\":\"" + line + "\"}"
                  : kind.equals("string") ? line + "\\n" : line + "\n");
      end = ascii(kind.equals("string") ? "\",\"exit_code\":0}" : kind.equals("array") ? "]" : "");
    }

    private static byte[] ascii(String text) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      long body = size / unit.length * unit.length;
      long total = begin.length + body + end.length;
      int count = 0;
      while (count < length && position < total) {
        byte[] part = unit;
        int at;
        if (position < begin.length) {
          part = begin;
          at = (int) position;
        } else if (position < begin.length + body) {
          at = (int) ((position - begin.length) % unit.length);
        } else {
          part = end;
          at = (int) (position - begin.length - body);
        }
        int copied = Math.min(length - count, part.length - at);
        System.arraycopy(part, at, bytes, offset + count, copied);
        count += copied;
        position += copied;
      }
      return count == 0 ? -1 : count;
    }
  }
}
