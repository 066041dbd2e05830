package dev.hookbus.docs;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Compiles the Java of the documentation. A snippet takes one of three forms, by its first line:
 *
 * <ul>
 *   <li>{@code import} or {@code package}: a whole file, compiled as it is, in one package with the
 *       other files of its page
 *   <li>{@code static}, {@code public}, {@code private}, {@code @} or {@code class}: members of a
 *       class
 *   <li>anything else: statements of a method that may throw anything
 * </ul>
 *
 * <p>The last two need no imports, and may use the fields and methods of {@link #PRELUDE}.
 */
final class Snippets {

  private static final String IMPORTS =
      """
      import dev.hookbus.*;
      import dev.hookbus.annotation.Guarded;
      import dev.hookbus.config.*;
      import dev.hookbus.correlation.*;
      import dev.hookbus.event.*;
      import dev.hookbus.host.*;
      import dev.hookbus.idempotency.*;
      import dev.hookbus.json.*;
      import dev.hookbus.launch.*;
      import dev.hookbus.install.*;
      import dev.hookbus.metrics.*;
      import dev.hookbus.payload.*;
      import dev.hookbus.policy.*;
      import dev.hookbus.resident.*;
      import dev.hookbus.safety.*;
      import dev.hookbus.sink.*;
      import dev.hookbus.store.*;
      import io.micrometer.core.instrument.MeterRegistry;
      import java.io.*;
      import java.net.HttpURLConnection;
      import java.nio.file.*;
      import java.time.*;
      import java.util.*;
      import java.util.concurrent.*;
      """;

  /** What snippets may take for granted. */
  private static final String PRELUDE =
      """
        static HookBus bus;
        static Guard guard;
        static GuardKey key;
        static String sessionId;
        static String toolUseId;
        static String input;
        static byte[] payload;
        static Executor executor;
        static MeterRegistry registry;
        static Store store;
        static Budget budget;
        static Sink sink;
        static List<OutboxEvent> batch;
        static EventSource source;
        static Path directory;
        static String json;
        static String runId;
        static String correlationId;

        static String track(String input) {
          return input;
        }

        static void send(String header, String body) {}
      """;

  private static final Pattern MEMBERS =
      Pattern.compile("^(static|public|private|class|@)\\b?.*", Pattern.DOTALL);
  private static final Pattern PUBLIC_TYPE =
      Pattern.compile("^(?:public |final |sealed )*(?:class|interface|record|enum) (\\w+)");
  private static final Pattern JAVADOC =
      Pattern.compile("<pre>\\{@code\n(.*?)}</pre>", Pattern.DOTALL);

  private final Map<URI, MarkdownPage.Block> origins = new HashMap<>();
  private final Map<String, String> packages = new HashMap<>();
  private final Map<URI, Integer> firstLines = new HashMap<>();
  private final List<Source> sources = new ArrayList<>();

  /** Adds a block of a page. */
  void add(MarkdownPage.Block block) {
    String text = block.text();
    boolean wholeFile = text.startsWith("import ") || text.startsWith("package ");
    String header = "package dev.hookbus.docs.snippet" + sources.size() + ";\n";
    String name = "Snippet";
    String body = text;
    String footer = "";
    if (wholeFile) {
      name = publicTypeOf(text);
      header = text.startsWith("package ") ? "" : packageOf(block.source());
    } else {
      header += IMPORTS;
      if (text.contains("@GuardKey")) {
        header += "import dev.hookbus.annotation.GuardKey;\n";
      }
      header += "@SuppressWarnings(\"all\") class Snippet {\n" + PRELUDE;
      if (MEMBERS.matcher(text).matches()) {
        footer = "}\n";
      } else {
        header += "  void snippet() throws Throwable {\n";
        footer = "  }\n}\n";
      }
    }
    URI uri = URI.create("string:///snippet" + sources.size() + "/" + name + ".java");
    origins.put(uri, block);
    firstLines.put(uri, (int) header.lines().count() + 1);
    sources.add(new Source(uri, header + body + footer));
  }

  /** Adds every preformatted code block in the Javadoc of the Java files below a directory. */
  void addJavadoc(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).sorted().toList()) {
        addJavadocOf(file);
      }
    }
  }

  private void addJavadocOf(Path file) throws IOException {
    String source = Files.readString(file);
    Matcher snippet = JAVADOC.matcher(source);
    while (snippet.find()) {
      String text = snippet.group(1).replaceAll("(?m)^ *\\* ?", "");
      int line = (int) source.substring(0, snippet.start(1)).lines().count() + 1;
      add(new MarkdownPage.Block("java", file.toString(), line, text));
    }
  }

  int count() {
    return sources.size();
  }

  /** Compiles everything. Answers one line per error, with its place in the documentation. */
  List<String> errors() throws IOException {
    JavaCompiler compiler = requireNonNull(ToolProvider.getSystemJavaCompiler(), "needs a JDK");
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    try (JavaFileManager files =
        compiler.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8)) {
      List<String> options =
          List.of(
              "-proc:none",
              "-XDcompilePolicy=attribute",
              "--should-stop=ifError=FLOW",
              "-implicit:none",
              "-d",
              System.getProperty("java.io.tmpdir"),
              "-classpath",
              System.getProperty("java.class.path"));
      var task = compiler.getTask(new StringWriter(), files, diagnostics, options, null, sources);
      // Analysis is all we need; no class file is written.
      ((com.sun.source.util.JavacTask) task).analyze();
    }
    return diagnostics.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
        .map(this::describe)
        .toList();
  }

  private String describe(Diagnostic<? extends JavaFileObject> diagnostic) {
    JavaFileObject source = diagnostic.getSource();
    String message = diagnostic.getMessage(Locale.ROOT).replace("\n", " ");
    if (source == null) {
      return message;
    }
    MarkdownPage.Block block = requireNonNull(origins.get(source.toUri()));
    long line =
        block.line() + diagnostic.getLineNumber() - requireNonNull(firstLines.get(source.toUri()));
    return block.source() + ":" + line + " " + message;
  }

  private String packageOf(String page) {
    return packages.computeIfAbsent(
        page, unused -> "package dev.hookbus.docs.page" + packages.size() + ";\n");
  }

  private static String publicTypeOf(String text) {
    return text.lines()
        .filter(line -> line.startsWith("public "))
        .map(PUBLIC_TYPE::matcher)
        .filter(Matcher::find)
        .map(matcher -> matcher.group(1))
        .findFirst()
        .orElse("Snippet");
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String text;

    Source(URI uri, String text) {
      super(uri, Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
