package dev.hookbus.docs;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookbus.Guard;
import dev.hookbus.GuardKey;
import dev.hookbus.HookBus;
import dev.hookbus.HookBusBuilder;
import dev.hookbus.Invocation;
import dev.hookbus.config.Flag;
import dev.hookbus.metrics.HookBusMeterBinder;
import dev.hookbus.metrics.HookStats;
import dev.hookbus.safety.Problem;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Keeps the documentation true: what it shows compiles, runs, exists and is complete. */
class DocumentationTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path DOCS = ROOT.resolve("docs");
  private static final String FLAGS = "flags: generated from dev.hookbus.config.Flag";
  private static final Duration HOUR = Duration.ofHours(1);

  /** Pages that come along with what they describe. */
  private static final Set<Path> BROUGHT_ALONG =
      Set.of(DOCS.resolve("redaction.md"), DOCS.resolve("performance.md"));

  @TempDir static Path directory;
  private static Path database;
  private static List<HookStats> stats = List.of();

  /** A database in which there is something of everything. */
  @BeforeAll
  static void recordSomething() {
    database = directory.resolve("hookbus.db");
    try (HookBus bus = HookBus.builder().database(database).storeRaw(true).build()) {
      Guard guard = bus.guard("tool-tracker").event("PostToolUse").build();
      for (int i = 0; i < 20; i++) {
        Invocation call =
            Invocation.ofSession("session")
                .withTool("Edit")
                .withToolUseId("toolu_" + i)
                .withPayload("{\"mail\": \"ann@example.com\"}");
        bus.guard("before").event("PreToolUse").build().with(call).run(GuardKey.none(), () -> {});
        guard.with(call).call(GuardKey.of("tool_track", i), () -> "tracked");
        guard.with(call).call(GuardKey.of("tool_track", i), () -> "tracked");
      }
      guard.callSafely(
          GuardKey.none(),
          () -> {
            throw new IOException("disk away");
          });
      stats = bus.stats(HOUR);
    }
  }

  private static List<MarkdownPage> pages() throws IOException {
    List<Path> paths = new ArrayList<>();
    try (Stream<Path> files = Files.list(DOCS)) {
      files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(paths::add);
    }
    if (Files.exists(ROOT.resolve("README.md"))) {
      paths.add(ROOT.resolve("README.md"));
    }
    List<MarkdownPage> pages = new ArrayList<>();
    for (Path path : paths) {
      pages.add(MarkdownPage.read(path));
    }
    return pages;
  }

  private static MarkdownPage page(String name) throws IOException {
    return MarkdownPage.read(DOCS.resolve(name));
  }

  private static List<MarkdownPage.Block> blocks(String language) throws IOException {
    return pages().stream().flatMap(page -> page.blocks(language).stream()).toList();
  }

  @Test
  void javaOfThePagesAndOfTheJavadoc_compiles() throws IOException {
    Snippets snippets = new Snippets();
    blocks("java").forEach(snippets::add);
    int onPages = snippets.count();
    snippets.addJavadoc(Path.of("src/main/java"));

    assertThat(onPages).isGreaterThan(20);
    assertThat(snippets.count()).isGreaterThan(onPages + 5);
    assertThat(snippets.errors()).isEmpty();
  }

  @Test
  void brokenSnippet_isReportedWithItsPlace() throws IOException {
    Snippets snippets = new Snippets();
    snippets.add(new MarkdownPage.Block("java", "page.md", 10, "int i = 1;\nString s = i;\n"));
    snippets.add(new MarkdownPage.Block("java", "page.md", 20, "static void m() {\n  n();\n}\n"));

    assertThat(snippets.errors())
        .hasSize(2)
        .satisfiesExactly(
            error -> assertThat(error).startsWith("page.md:11 incompatible types"),
            error -> assertThat(error).startsWith("page.md:21 cannot find symbol"));
  }

  @Test
  void jsonOfThePages_isValid() throws IOException {
    for (MarkdownPage.Block block : blocks("json")) {
      assertThatCode(() -> new ObjectMapper().readTree(block.text()))
          .as(block.toString())
          .doesNotThrowAnyException();
    }
  }

  @Test
  void sqlOfThePages_runs() throws Exception {
    List<MarkdownPage.Block> blocks = blocks("sql");
    assertThat(blocks).hasSizeGreaterThan(5);
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (MarkdownPage.Block block : blocks) {
        for (String sql : statements(block.text())) {
          assertThatCode(() -> statement.execute(sql))
              .as(block + "\n" + sql)
              .doesNotThrowAnyException();
        }
      }
    }
  }

  private static List<String> statements(String sql) {
    return Stream.of(sql.split(";\\s*\n", -1)).filter(one -> !one.isBlank()).toList();
  }

  @Test
  void percentilesBySql_areThoseOfTheReport() throws Exception {
    MarkdownPage.Block block =
        page("monitoring.md").blocks("sql").stream()
            .filter(sql -> sql.text().contains("hook_latency"))
            .findFirst()
            .orElseThrow();
    HookStats tracker =
        stats.stream().filter(one -> one.hook().equals("tool-tracker")).findFirst().orElseThrow();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(block.text())) {
      int count = 0;
      while (rows.next()) {
        assertThat(rows.getDouble("ms"))
            .isCloseTo(tracker.percentileMillis(rows.getDouble("p")), within(1e-6));
        count++;
      }
      assertThat(count).isEqualTo(3);
    }
  }

  @Test
  void tableOfFlags_isUpToDate() throws IOException {
    String fresh = flagTable();

    assertThat(page("configuration.md").between(FLAGS, "end of flags"))
        .as("docs/configuration.md needs this table between its markers:%n%n%s", fresh)
        .isEqualTo(fresh);
  }

  private static String flagTable() {
    return Stream.of(Flag.values())
        .map(
            flag ->
                "| `%s` | `%s` | %s | %s |\n"
                    .formatted(
                        flag,
                        flag.propertyName(),
                        flag.defaultText().isEmpty() ? "" : "`" + flag.defaultText() + "`",
                        flag.description()))
        .collect(
            joining("", "| flag | system property | default | meaning |\n|---|---|---|---|\n", ""));
  }

  @Test
  void flagsNamedAnywhere_exist() throws IOException {
    Pattern name = Pattern.compile("HOOKBUS_[A-Z_]+[A-Z]");
    Set<String> known = new TreeSet<>(Stream.of(Flag.values()).map(Flag::name).toList());
    known.addAll(flagsOfSinks());
    for (MarkdownPage page : pages()) {
      assertThat(name.matcher(page.text()).results().map(found -> found.group()))
          .as(page.toString())
          .isSubsetOf(known);
    }
  }

  /** Sinks read flags of their own, by name. */
  private static Set<String> flagsOfSinks() throws IOException {
    Pattern literal = Pattern.compile("\"(HOOKBUS_[A-Z_]+[A-Z])\"");
    Set<String> flags = new TreeSet<>();
    try (DirectoryStream<Path> modules = Files.newDirectoryStream(ROOT, "hookbus-*")) {
      for (Path module : modules) {
        Path sources = module.resolve("src/main/java/dev/hookbus/sink");
        if (!Files.isDirectory(sources)) {
          continue;
        }
        try (Stream<Path> files = Files.walk(sources)) {
          for (Path file : files.filter(Files::isRegularFile).toList()) {
            literal.matcher(Files.readString(file)).results().forEach(m -> flags.add(m.group(1)));
          }
        }
      }
    }
    return flags;
  }

  @Test
  void everySettingOfBusAndGuard_isDocumented() throws IOException {
    String text = page("configuration.md").prose();
    List<Class<?>> builders = List.of(HookBusBuilder.class, Guard.Builder.class);
    for (Class<?> builder : builders) {
      for (Method method : builder.getDeclaredMethods()) {
        if (Modifier.isPublic(method.getModifiers())
            && method.getReturnType() == builder
            && !Modifier.isStatic(method.getModifiers())) {
          String parameters =
              Arrays.stream(method.getGenericParameterTypes())
                  .map(type -> type.getTypeName().replaceAll("[a-z]+\\.", ""))
                  .collect(joining(", "));
          assertThat(text).contains("`" + method.getName() + "(" + parameters + ")`");
        }
      }
    }
  }

  @Test
  void everyProblem_isExplained() throws IOException {
    String text = page("monitoring.md").prose();
    for (Problem problem : Problem.values()) {
      assertThat(text).contains("| `" + problem.tag() + "` |");
    }
  }

  @Test
  void everyColumnOfEveryTable_isExplained() throws Exception {
    String text = page("monitoring.md").prose();
    try (Connection connection = connect()) {
      for (String table :
          texts(
              connection,
              "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")) {
        int start = text.indexOf("\n### " + table + "\n");
        assertThat(start).as(table).isNotNegative();
        int end = text.indexOf("\n##", start + 1);
        String section = text.substring(start, end < 0 ? text.length() : end);
        for (String column :
            texts(connection, "SELECT name FROM pragma_table_xinfo('" + table + "')")) {
          assertThat(section).as(table).contains("`" + column + "`");
        }
      }
    }
  }

  @Test
  void everyMeter_isExplained() throws IOException {
    String text = page("monitoring.md").prose();
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    try (HookBus bus = HookBus.builder().database(directory.resolve("meters.db")).build()) {
      new HookBusMeterBinder(bus.telemetry()).bindTo(registry);
      Guard guard = bus.guard("h").build().with(Invocation.unknown().withPayload("{}"));
      guard.run(GuardKey.of("k"), () -> {});
      guard.run(GuardKey.of("k"), () -> {});
    }
    assertThat(registry.getMeters()).hasSizeGreaterThan(5);
    for (Meter meter : registry.getMeters()) {
      if (meter.getId().getTag("le") != null) {
        continue; // a bucket of a timer
      }
      assertThat(text).contains("| `" + meter.getId().getName() + "` |");
      meter.getId().getTags().forEach(tag -> assertThat(text).contains("`" + tag.getKey() + "`"));
    }
  }

  @Test
  void relativeLinks_resolve() throws IOException {
    for (MarkdownPage page : pages()) {
      for (String link : page.relativeLinks()) {
        String[] parts = link.split("#", 2);
        Path target =
            parts[0].isEmpty() ? page.path() : page.path().resolveSibling(parts[0]).normalize();
        if (BROUGHT_ALONG.contains(target) && !Files.exists(target)) {
          continue;
        }
        assertThat(target).as("%s links to %s", page, link).exists();
        if (parts.length == 2) {
          assertThat(MarkdownPage.read(target).anchors())
              .as("%s links to %s", page, link)
              .contains(parts[1]);
        }
      }
    }
  }

  @Test
  void everyPage_isInTheIndex() throws IOException {
    List<String> links = page("README.md").relativeLinks();
    for (MarkdownPage page : pages()) {
      Path name = page.path().getFileName();
      if (page.path().startsWith(DOCS) && !name.toString().equals("README.md")) {
        assertThat(links).contains(name.toString());
      }
    }
  }

  @Test
  void versionInTheDependency_isThisOne() throws IOException {
    Pattern shown =
        Pattern.compile("<artifactId>hookbus-core</artifactId>\\s*<version>(.*?)</version>");
    List<String> versions =
        blocks("xml").stream()
            .flatMap(block -> shown.matcher(block.text()).results())
            .map(found -> found.group(1))
            .toList();

    assertThat(versions).isNotEmpty().containsOnly(ownVersion());
  }

  @Test
  void projectToBeginWith_isBuiltWithWhatThisOneIsBuiltWith() throws IOException {
    String own = Files.readString(ROOT.resolve("pom.xml"));
    String shown =
        page("getting-started.md").blocks("xml").stream()
            .map(MarkdownPage.Block::text)
            .filter(text -> text.startsWith("<project"))
            .findFirst()
            .orElseThrow();

    assertThat(element("maven.compiler.release", shown))
        .isEqualTo(element("maven.compiler.release", own));
    assertThat(versionOf("slf4j-nop", shown)).isEqualTo(element("slf4j.version", own));
    assertThat(versionOf("junit-jupiter", shown)).isEqualTo(element("junit.version", own));
    // Maven's own choice may be too old for the release, and for JUnit 5.
    for (String plugin : List.of("maven-compiler-plugin", "maven-surefire-plugin")) {
      assertThat(versionOf(plugin, shown)).as(plugin).isEqualTo(versionOf(plugin, own));
    }
  }

  private static String ownVersion() throws IOException {
    return versionOf("hookbus-parent", Files.readString(Path.of("pom.xml")));
  }

  private static String versionOf(String artifact, String pom) {
    return found("<artifactId>" + artifact + "</artifactId>\\s*<version>(.*?)</version>", pom);
  }

  private static String element(String name, String pom) {
    return found("<" + name + ">(.*?)</" + name + ">", pom);
  }

  private static String found(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }

  @Test
  void commandLines_areUnderstood() throws Exception {
    Class<?> command = commandClass();
    assumeTrue(command != null, "the command line is not built in");
    Constructor<?> constructor = command.getDeclaredConstructor();
    constructor.setAccessible(true);
    List<String> lines =
        blocks("sh").stream()
            .flatMap(block -> block.text().lines())
            .filter(line -> line.startsWith("hookbus "))
            .map(line -> line.replaceAll(" *[|>;&#].*", ""))
            .toList();
    assertThat(lines).hasSizeGreaterThan(5);
    for (String line : lines) {
      String[] arguments = line.substring("hookbus ".length()).split(" +");
      CommandLine parser = new CommandLine(constructor.newInstance());
      assertThatCode(() -> parser.parseArgs(arguments)).as(line).doesNotThrowAnyException();
    }
  }

  private static Class<?> commandClass() {
    try {
      return Class.forName("dev.hookbus.cli.HookBusCli");
    } catch (ClassNotFoundException notBuiltIn) {
      return null;
    }
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + database);
  }

  private static List<String> texts(Connection connection, String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }
}
