package dev.hookbus.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.hookbus.payload.Finding;
import dev.hookbus.payload.RedactingStream;
import dev.hookbus.payload.RedactionMode;
import dev.hookbus.payload.Redactor;
import java.io.BufferedReader;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Redacts standard input, or counts what it would find in a directory. */
@Command(name = "redact", description = "Redacts standard input, or counts findings in files.")
final class RedactCommand extends CliCommand {

  private static final int CHUNK = 64 * 1_024;
  private static final double MEGABYTE = 1e6;

  @Option(names = "--mode", paramLabel = "MODE", description = "strict, lenient or disabled")
  private RedactionMode mode = RedactionMode.STRICT;

  @Option(names = "--field", paramLabel = "NAME", description = "also redact fields of this name")
  private List<String> fields = List.of();

  @Option(names = "--explain", description = "say what matched, where and why, and print no text")
  private boolean explain;

  @Option(names = "--jsonl", description = "read objects {id, text}, write objects {id, output}")
  private boolean jsonl;

  @Parameters(
      arity = "0..1",
      paramLabel = "PATH",
      description = "count findings in this file or in all files of this directory")
  private @Nullable Path path;

  private final InputStream input;

  /** A command that reads standard input. */
  RedactCommand() {
    this(System.in);
  }

  /** A command that reads the given UTF-8 text. */
  RedactCommand(InputStream input) {
    this.input = input;
  }

  @Override
  public Integer call() throws IOException {
    Redactor redactor = redactor();
    PrintWriter out = out();
    Path files = path;
    if (files != null) {
      count(redactor, files, out);
    } else if (jsonl) {
      filterLines(redactor, out);
    } else if (explain) {
      String text = new String(input.readAllBytes(), StandardCharsets.UTF_8);
      print(redactor.explain(text), "", out);
    } else {
      filter(redactor, out);
    }
    out.flush();
    return ExitCode.OK;
  }

  private Redactor redactor() {
    return Redactor.builder().mode(mode).fields(fields.toArray(new String[0])).build();
  }

  private void filter(Redactor redactor, PrintWriter out) throws IOException {
    try (RedactingStream redacting = redactor.redactTo(new Utf8Sink(out))) {
      byte[] chunk = new byte[CHUNK];
      for (int read = input.read(chunk); read >= 0; read = input.read(chunk)) {
        redacting.write(chunk, 0, read);
      }
    }
  }

  private void filterLines(Redactor redactor, PrintWriter out) throws IOException {
    JsonFactory json = new JsonFactory();
    BufferedReader lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.isBlank()) {
        out.println(redactLine(redactor, json, line));
      }
    }
  }

  /** Copies the ID as it is, whatever its type, and replaces the text by the output. */
  private static String redactLine(Redactor redactor, JsonFactory json, String line)
      throws IOException {
    StringWriter result = new StringWriter(line.length());
    try (JsonParser parser = json.createParser(line);
        JsonGenerator generator = json.createGenerator(result)) {
      generator.writeStartObject();
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        if (name.equals("id")) {
          generator.writeFieldName("id");
          generator.copyCurrentStructure(parser);
        } else if (name.equals("text")) {
          generator.writeStringField("output", redactor.redact(parser.getText()));
        } else {
          parser.skipChildren();
        }
      }
      generator.writeEndObject();
    }
    return result.toString();
  }

  private void count(Redactor redactor, Path root, PrintWriter out) throws IOException {
    long bytes = 0;
    long findings = 0;
    List<Path> files;
    try (Stream<Path> tree = Files.walk(root)) {
      files = tree.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      byte[] content = Files.readAllBytes(file);
      bytes += content.length;
      List<Finding> found = redactor.explain(new String(content, StandardCharsets.UTF_8));
      findings += found.size();
      if (explain) {
        print(found, file + ": ", out);
      } else if (!found.isEmpty()) {
        out.println(found.size() + "\t" + file);
      }
    }
    out.printf(
        Locale.ROOT,
        "%d findings in %d files, %.2f MB: %.2f per MB%n",
        findings,
        files.size(),
        bytes / MEGABYTE,
        bytes == 0 ? 0 : findings / (bytes / MEGABYTE));
  }

  private static void print(List<Finding> findings, String prefix, PrintWriter out) {
    for (Finding finding : findings) {
      out.println(
          prefix
              + finding.start()
              + "-"
              + finding.end()
              + "\t"
              + finding.kind()
              + "\t"
              + finding.rule()
              + "\t"
              + finding.reason());
    }
  }

  /** Writes UTF-8 to a writer of characters; a write may end within a character. */
  private static final class Utf8Sink extends FilterOutputStream {

    private final PrintWriter writer;
    private byte[] pending = {};

    Utf8Sink(PrintWriter writer) {
      super(OutputStream.nullOutputStream());
      this.writer = writer;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      byte[] all = Arrays.copyOf(pending, pending.length + length);
      System.arraycopy(bytes, offset, all, pending.length, length);
      int complete = all.length;
      while (complete > 0 && all.length - complete < 3 && (all[complete - 1] & 0xC0) == 0x80) {
        complete--;
      }
      boolean lead = complete > 0 && (all[complete - 1] & 0xC0) == 0xC0;
      int end = lead && isCut(all, complete - 1) ? complete - 1 : all.length;
      writer.write(new String(all, 0, end, StandardCharsets.UTF_8));
      pending = Arrays.copyOfRange(all, end, all.length);
    }

    private static boolean isCut(byte[] bytes, int lead) {
      int b = bytes[lead] & 0xFF;
      int length = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
      return lead + length > bytes.length;
    }

    @Override
    public void flush() {
      writer.flush();
    }

    @Override
    public void close() {
      writer.write(new String(pending, StandardCharsets.UTF_8));
      flush();
    }
  }
}
