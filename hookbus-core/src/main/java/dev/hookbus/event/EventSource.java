package dev.hookbus.event;

import static java.util.Objects.requireNonNull;

import dev.hookbus.json.JsonException;
import dev.hookbus.json.JsonValue;
import dev.hookbus.json.JsonWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where an event comes from, without naming the machine or its user.
 *
 * @param host {@code host_} and 12 hex digits, see {@link #hostToken}
 * @param remote whether the agent runs on a remote machine
 * @param cwd the working directory, with the home directory as {@code ~}
 * @param projectDir the project's directory or name; {@code unknown} where nothing says
 */
public record EventSource(String host, boolean remote, String cwd, String projectDir) {
  /** The host of a machine whose name cannot be found. */
  public static final String UNKNOWN_HOST = "host_unknown";

  private static final String UNKNOWN_PROJECT = "unknown";
  private static final String DEFAULT_SALT = "default_salt";
  private static final Path KERNEL_HOSTNAME = Path.of("/proc/sys/kernel/hostname");
  private static final String WINDOWS_USERS = "C:\\Users\\";

  /** Checks for nulls. */
  public EventSource {
    requireNonNull(host, "host");
    requireNonNull(cwd, "cwd");
    requireNonNull(projectDir, "projectDir");
  }

  /**
   * Reads the source from the environment: {@code HOSTNAME_SALT}, {@code CLAUDE_CODE_REMOTE},
   * {@code HOOKBUS_PROJECT} or {@code CLAUDE_PROJECT_DIR}, {@code HOSTNAME} or {@code
   * COMPUTERNAME}, {@code HOME} or {@code USERPROFILE}.
   *
   * @param environment looks a variable up by name, such as {@code System::getenv}; null where it
   *     is not set
   * @param cwd the working directory the host names
   */
  public static EventSource detect(UnaryOperator<@Nullable String> environment, String cwd) {
    String hostname = firstSet(environment, "HOSTNAME", "COMPUTERNAME");
    String salt = firstSet(environment, "HOSTNAME_SALT");
    String home = firstSet(environment, "HOME", "USERPROFILE");
    String projectDir = firstSet(environment, "HOOKBUS_PROJECT", "CLAUDE_PROJECT_DIR");
    return new EventSource(
        hostToken(hostname == null ? localHostName() : hostname, salt),
        "true".equals(environment.apply("CLAUDE_CODE_REMOTE")),
        maskHome(cwd, home),
        projectDir == null ? UNKNOWN_PROJECT : maskHome(projectDir, home));
  }

  /** One line of JSON, as in an envelope. */
  public String toJson() {
    return new JsonWriter()
        .beginObject()
        .field("host", host)
        .field("remote", remote)
        .field("cwd", cwd)
        .field("project_dir", projectDir)
        .endObject()
        .finish();
  }

  /** Reads what {@link #toJson} wrote; what is missing or unreadable is unknown. */
  public static EventSource ofJson(String json) {
    try {
      JsonValue source = JsonValue.parse(json);
      JsonValue remote = source.get("remote");
      return new EventSource(
          orElse(source.text("host"), UNKNOWN_HOST),
          remote != null && Boolean.TRUE.equals(remote.asBoolean()),
          orElse(source.text("cwd"), ""),
          orElse(source.text("project_dir"), UNKNOWN_PROJECT));
    } catch (JsonException e) {
      return new EventSource(UNKNOWN_HOST, false, "", UNKNOWN_PROJECT);
    }
  }

  private static String orElse(@Nullable String text, String otherwise) {
    return text == null ? otherwise : text;
  }

  /**
   * The name under which a machine appears: {@code host_} and the first 12 hex digits of the
   * SHA-256 of {@code salt:hostname}.
   *
   * @param hostname the machine's name; null gives {@link #UNKNOWN_HOST}
   * @param salt null means {@code default_salt}
   */
  public static String hostToken(@Nullable String hostname, @Nullable String salt) {
    if (hostname == null) {
      return UNKNOWN_HOST;
    }
    String salted = (salt == null ? DEFAULT_SALT : salt) + ":" + hostname;
    return "host_" + Hashing.sha256Hex(salted).substring(0, 12);
  }

  /**
   * The path with the home directory as {@code ~}, and a Windows user's name as {@code [USER]}.
   *
   * @param home the home directory, or null where it is not known
   */
  public static String maskHome(String path, @Nullable String home) {
    if (home != null && home.length() > 1 && path.startsWith(home)) {
      String rest = path.substring(home.length());
      // /home/ann is no part of /home/anna.
      if (rest.isEmpty() || rest.startsWith("/") || rest.startsWith("\\")) {
        return "~" + rest;
      }
    }
    if (path.regionMatches(true, 0, WINDOWS_USERS, 0, WINDOWS_USERS.length())) {
      int end = path.indexOf('\\', WINDOWS_USERS.length());
      return WINDOWS_USERS + "[USER]" + (end < 0 ? "" : path.substring(end));
    }
    return path;
  }

  private static @Nullable String firstSet(
      UnaryOperator<@Nullable String> environment, String... names) {
    for (String name : names) {
      String value = environment.apply(name);
      if (value != null && !value.isBlank()) {
        return value;
      }
    }
    return null;
  }

  private static @Nullable String localHostName() {
    try {
      // The kernel's answer costs no name service, which may take seconds.
      return Files.readString(KERNEL_HOSTNAME).strip();
    } catch (IOException e) {
      return resolvedHostName();
    }
  }

  private static @Nullable String resolvedHostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
