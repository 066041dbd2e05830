package dev.hookbus.cli;

import dev.hookbus.payload.Finding;
import dev.hookbus.payload.RedactingStream;
import dev.hookbus.payload.RedactionMode;
import dev.hookbus.payload.Redactor;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description = "strict (the default), lenient or disabled.")
  private RedactionMode mode = RedactionMode.STRICT;

  @Option(
      names = "--field",
      paramLabel = "NAME",
      description = "Also redact fields of this name; may be repeated.")
  private List<String> fields = List.of();

  @Option(
      names = "--explain",
      description = "Print what matched, where and why, in place of the text.")
  private boolean explain;

  @Option(
      names = "--jsonl",
      description = "Read objects {id, text}, a line each, and write objects {id, output}.")
  private boolean jsonl;

  @Parameters(
      arity = "0..1",
      paramLabel = "PATH",
      description = "Count findings in this file, or in all files of this directory.")
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
      new JsonLinesFilter(redactor).filter(input, out);
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
}
