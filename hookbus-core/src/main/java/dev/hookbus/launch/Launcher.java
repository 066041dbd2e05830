package dev.hookbus.launch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a command starts.
 *
 * <pre>{@code
 * Launcher launcher =
 *     Launcher.of("post_tool", "com.acme.PostTool", List.of(Path.of("acme-hooks.jar")))
 *         .withArguments(List.of("--project", "acme"))
 *         .withEnvironmentFile(Path.of("/opt/hooks/.env"));
 * }</pre>
 *
 * @param name the command's name: letters, digits, dots, dashes and underscores, starting with a
 *     letter or digit
 * @param mainClass the class that is started
 * @param libraries jars, in the order of the class path; copied when the command is written, so
 *     that it keeps working when the originals are rebuilt or gone
 * @param application jars or class directories that follow on the class path; used where they are
 *     and read anew at every start. May be empty.
 * @param arguments the program's first arguments; those of the command follow. May be empty.
 * @param environmentFile lines {@code NAME=value} that are added to the environment, or {@code
 *     null}; see {@link #withEnvironmentFile}
 * @param failClosed whether a machine without Java makes the command exit with 2, which blocks a
 *     gate, or with 127, which does not
 * @param training what to give the program in the run that prepares it, or {@code null}; see {@link
 *     #withTraining}
 * @param residentPatience how long a resident process, which is asked first, may take to take a
 *     call; {@code null} to ask none; see {@link #withResident()}
 */
public record Launcher(
    String name,
    String mainClass,
    List<Path> libraries,
    List<Path> application,
    List<String> arguments,
    @Nullable Path environmentFile,
    boolean failClosed,
    @Nullable String training,
    @Nullable Duration residentPatience) {

  /** Keeps copies of the lists and makes every path absolute. */
  public Launcher {
    libraries = absolute(libraries);
    application = absolute(application);
    arguments = List.copyOf(arguments);
    environmentFile = environmentFile == null ? null : environmentFile.toAbsolutePath();
  }

  /** A command without arguments that starts {@code mainClass} from these jars. */
  public static Launcher of(String name, String mainClass, List<Path> libraries) {
    return new Launcher(name, mainClass, libraries, List.of(), List.of(), null, false, null, null);
  }

  /** The same command, with jars or class directories that may change between two calls. */
  public Launcher withApplication(List<Path> application) {
    Copy copy = new Copy(this);
    copy.application = application;
    return copy.launcher();
  }

  /** The same command, with arguments for the program. */
  public Launcher withArguments(List<String> arguments) {
    Copy copy = new Copy(this);
    copy.arguments = arguments;
    return copy.launcher();
  }

  /**
   * The same command, reading this file at every start. It is parsed and never run: a line is
   * {@code NAME=value}, with or without {@code export} before it; one pair of quotes around the
   * value is taken off; nothing is expanded; anything else is skipped, as is a file that can't be
   * read. A variable that is set already keeps its value.
   */
  public Launcher withEnvironmentFile(@Nullable Path environmentFile) {
    Copy copy = new Copy(this);
    copy.environmentFile = environmentFile;
    return copy.launcher();
  }

  /** The same command, blocking when Java is missing: for gates that must not be passed unseen. */
  public Launcher withFailClosed() {
    Copy copy = new Copy(this);
    copy.failClosed = true;
    return copy.launcher();
  }

  /**
   * The same command, {@linkplain StartLevel#PREPARED prepared} when it is written, which takes
   * seconds: the program is run three times on this text as its stdin, with a database and a home
   * of its own and an environment without the variables of this process and of the environment
   * file. Give it an event as it comes every day, whole, on which it does no harm: what the runs do
   * not need is not prepared. Programs that do not end, and those that have an {@linkplain
   * #withApplication application}, start plainly.
   */
  public Launcher withTraining(@Nullable String input) {
    Copy copy = new Copy(this);
    copy.training = input;
    return copy.launcher();
  }

  /**
   * The same command, run by a {@linkplain StartLevel#RESIDENT resident process}: one Java that
   * stays, and serves all such commands of its user. It is started when it is first missed, ends
   * when nobody has called for half an hour, and where it can't be had the command starts by
   * itself. The program must end in {@code HookMain.run}, and keep nothing of a call in static
   * fields. Linux only, and not with an {@linkplain #withApplication application}; elsewhere the
   * command starts as without.
   */
  public Launcher withResident() {
    return withResident(Duration.ofMillis(50));
  }

  /**
   * The same command, run by a {@linkplain #withResident() resident process} if that takes the call
   * in time; 50 ms by default, which is about what a start of its own takes.
   */
  public Launcher withResident(Duration patience) {
    Copy copy = new Copy(this);
    copy.residentPatience = patience;
    return copy.launcher();
  }

  private static List<Path> absolute(List<Path> paths) {
    List<Path> absolute = new ArrayList<>(paths.size());
    for (Path path : paths) {
      absolute.add(path.toAbsolutePath().normalize());
    }
    return List.copyOf(absolute);
  }

  /** The same command, until something in it is changed. */
  private static final class Copy {
    private final Launcher original;
    private List<Path> application;
    private List<String> arguments;
    private @Nullable Path environmentFile;
    private boolean failClosed;
    private @Nullable String training;
    private @Nullable Duration residentPatience;

    Copy(Launcher original) {
      this.original = original;
      this.application = original.application;
      this.arguments = original.arguments;
      this.environmentFile = original.environmentFile;
      this.failClosed = original.failClosed;
      this.training = original.training;
      this.residentPatience = original.residentPatience;
    }

    Launcher launcher() {
      return new Launcher(
          original.name,
          original.mainClass,
          original.libraries,
          application,
          arguments,
          environmentFile,
          failClosed,
          training,
          residentPatience);
    }
  }
}
