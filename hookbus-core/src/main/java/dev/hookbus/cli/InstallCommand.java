package dev.hookbus.cli;

import dev.hookbus.install.HookCatalog;
import dev.hookbus.install.HookClass;
import dev.hookbus.install.HookSpec;
import dev.hookbus.install.InstallPlan;
import dev.hookbus.install.InstallRequest;
import dev.hookbus.install.Installer;
import dev.hookbus.install.SelfCheck;
import dev.hookbus.launch.StartLevel;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Brings hooks to this machine. */
@Command(
    name = "install",
    description = {
      "Installs hooks: commands, their settings in .env, and their entries in the host's settings.",
      "Installing again updates. Nothing else in the host's settings changes."
    })
final class InstallCommand extends CliCommand {

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private InstallPlace place;

  @Option(
      names = {"-e", "--endpoint"},
      paramLabel = "URL",
      description =
          "Where events are sent; empty for nowhere. BRIDGE_URL or ZO_EVENT_ENDPOINT by default, else"
              + " http://localhost:9000/ingest where a jar brings the HTTP sink.")
  private @Nullable String endpoint;

  @Option(
      names = {"-p", "--project", "--project-id"},
      paramLabel = "NAME",
      description = "The project's name in events; PROJECT_ID by default.")
  private @Nullable String project;

  @Option(
      names = {"-l", "--log-dir"},
      paramLabel = "DIR",
      description = "Where events are kept as files; LOG_DIR by default, else DIR/events.")
  private @Nullable Path logDirectory;

  @Option(
      names = {"-k", "--api-key"},
      paramLabel = "KEY",
      description =
          "Sent to the endpoint. Others can see it in the list of processes: better name a file, or"
              + " set ZO_API_KEY.")
  private @Nullable String apiKey;

  @Option(
      names = "--api-key-file",
      paramLabel = "FILE",
      description = "A file whose first line is the key.")
  private @Nullable Path apiKeyFile;

  @Option(
      names = "--hook",
      paramLabel = "EVENT[:MATCHER]=CLASS",
      description = "A hook of your own; may be repeated. Those of this jar are left out then.")
  private List<String> hooks = List.of();

  @Option(
      names = "--jar",
      paramLabel = "FILE",
      description = "The jar your own hooks are in; may be repeated.")
  private List<Path> jars = List.of();

  @Option(
      names = "--fail-closed",
      description = "Your own hooks block what they can't answer, where the host lets them.")
  private boolean failClosed;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "How long the host waits for your own hooks; ${DEFAULT-VALUE} by default.")
  private int timeoutSeconds;

  @Option(
      names = "--env",
      paramLabel = "NAME=VALUE",
      description = "Another variable for the hooks' .env; may be repeated.")
  private Map<String, String> variables = Map.of();

  @Option(
      names = "--plain-start",
      description = "Do not run the commands on a made-up event to make their start faster.")
  private boolean plainStart;

  @Option(
      names = "--resident",
      description = "Have the commands run by a process that stays, where there is one to ask.")
  private boolean resident;

  @Option(names = "--dry-run", description = "Show what would change, and change nothing.")
  private boolean dryRun;

  @Option(names = "--no-check", description = "Do not try the first command afterwards.")
  private boolean unchecked;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    List<Path> classPath = classPath();
    List<HookSpec> wanted = wantedHooks(classPath);
    InstallRequest request =
        new InstallRequest(
            place.directory(),
            place.settings(),
            wanted,
            classPath,
            environment(classPath),
            start());
    InstallPlan plan = Installer.plan(request);
    show(plan);
    if (dryRun) {
      out().println("Nothing was changed.");
      return ExitCode.OK;
    }
    plan.apply();
    out().println("Installed in " + request.directory() + ".");
    return unchecked ? ExitCode.OK : check(request);
  }

  private StartLevel start() {
    if (resident && plainStart) {
      throw new ParameterException(
          command.commandLine(), "--resident and --plain-start exclude each other");
    }
    return resident ? StartLevel.RESIDENT : plainStart ? StartLevel.PLAIN : StartLevel.PREPARED;
  }

  private void show(InstallPlan plan) {
    plan.files().forEach(file -> out().println("write  " + file));
    out().print(plan.environmentDiff());
    String diff = plan.settingsDiff();
    out().println((diff.isEmpty() ? "as is  " : "edit   ") + plan.settings());
    out().print(diff);
  }

  private int check(InstallRequest request) throws IOException {
    String name = request.hooks().get(0).name();
    SelfCheck check = SelfCheck.run(request.directory(), name);
    if (check.passed()) {
      out().println("Tried " + name + ": it answers, in " + check.millis() + " ms.");
      return ExitCode.OK;
    }
    err()
        .println(
            "hookbus: "
                + name
                + " is installed, but gave exit code "
                + check.exitCode()
                + " and "
                + Text.count(check.output().length(), "character")
                + " of output");
    err().print(check.error());
    return ExitCode.FAILURE;
  }

  /** What this command runs on, and the jars of the user's hooks. */
  private List<Path> classPath() {
    List<Path> classPath = new ArrayList<>();
    boolean complete = false;
    for (Path jar : jars) {
      if (!Files.exists(jar)) {
        throw new ParameterException(command.commandLine(), "there is no jar " + jar);
      }
      classPath.add(jar.toAbsolutePath());
      complete |= HookClass.bringsLibrary(jar);
    }
    if (!complete) {
      StringTokenizer own =
          new StringTokenizer(System.getProperty("java.class.path"), File.pathSeparator);
      while (own.hasMoreTokens()) {
        Path entry = Path.of(own.nextToken()).toAbsolutePath();
        if (Files.exists(entry)) {
          classPath.add(entry);
        }
      }
    }
    return classPath;
  }

  private List<HookSpec> wantedHooks(List<Path> classPath) throws IOException {
    if (hooks.isEmpty()) {
      List<HookSpec> catalog = HookCatalog.read(HookCatalog.class.getClassLoader());
      if (catalog.isEmpty()) {
        throw new ParameterException(
            command.commandLine(),
            "this jar brings no hooks of its own; name yours by --hook EVENT=CLASS and --jar FILE");
      }
      return catalog;
    }
    List<HookSpec> own = new ArrayList<>();
    for (String hook : hooks) {
      int equals = hook.lastIndexOf('=');
      if (equals < 1) {
        throw new ParameterException(
            command.commandLine(),
            "'--hook " + hook + "' must be EVENT=CLASS or EVENT:MATCHER=CLASS");
      }
      String when = hook.substring(0, equals);
      int colon = when.indexOf(':');
      own.add(
          HookClass.find(hook.substring(equals + 1), classPath)
              .spec(
                  colon < 0 ? when : when.substring(0, colon),
                  colon < 0 ? null : when.substring(colon + 1),
                  timeoutSeconds,
                  failClosed));
    }
    return own;
  }

  /** Where events are sent; empty for nowhere. */
  private String target(List<Path> classPath) {
    boolean canSend = HookClass.bringHttpSink(classPath);
    String url = InstallPlace.given(endpoint, "BRIDGE_URL", "ZO_EVENT_ENDPOINT");
    if (url == null) {
      return canSend ? "http://localhost:9000/ingest" : "";
    }
    if (!url.isBlank() && !isHttp(url)) {
      throw new ParameterException(
          command.commandLine(), "the endpoint must be an http or https address");
    }
    if (!url.isBlank() && !canSend) {
      throw new ParameterException(
          command.commandLine(),
          "no jar brings the HTTP sink, which sends events to an endpoint; name its jar by --jar,"
              + " or give --endpoint \"\"");
    }
    return url;
  }

  private static boolean isHttp(String url) {
    try {
      URI uri = new URI(url);
      return uri.getHost() != null
          && ("http".equalsIgnoreCase(uri.getScheme())
              || "https".equalsIgnoreCase(uri.getScheme()));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private Map<String, String> environment(List<Path> classPath) throws IOException {
    String target = target(classPath);
    Path log =
        InstallPlace.path(logDirectory, "LOG_DIR", place.directory().resolve("events").toString());
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("HOOKBUS_ENABLED", "1");
    environment.put("HOOKBUS_SINKS", target.isBlank() ? "jsonl" : "jsonl,http");
    environment.put("ZO_EVENT_ENDPOINT", target);
    environment.put("ZO_EVENT_LOG_DIR", log.toAbsolutePath().toString());
    environment.put("CLAUDE_CODE_REMOTE", "true");
    String name = InstallPlace.given(project, "PROJECT_ID");
    if (name != null) {
      environment.put("HOOKBUS_PROJECT", name);
    }
    String key = apiKeyFile == null ? InstallPlace.given(apiKey, "ZO_API_KEY") : keyIn(apiKeyFile);
    if (key != null && !key.isBlank()) {
      environment.put("ZO_API_KEY", key);
    }
    environment.putAll(variables);
    return environment;
  }

  private String keyIn(Path file) throws IOException {
    String text = Files.readString(file);
    int end = text.indexOf('\n');
    String key = (end < 0 ? text : text.substring(0, end)).strip();
    if (key.isEmpty()) {
      throw new ParameterException(command.commandLine(), "there is no key in " + file);
    }
    return key;
  }
}
