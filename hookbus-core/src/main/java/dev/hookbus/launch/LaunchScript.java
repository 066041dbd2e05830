package dev.hookbus.launch;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The text of a command. Every value from outside stands in single quotes. */
final class LaunchScript {

  /** Only built-in commands: a process started here would cost more than the whole reading. */
  private static final String READ_ENVIRONMENT =
      """
      if [ -r "$_environment" ]; then
        while IFS= read -r _line || [ -n "$_line" ]; do
          _line=${_line%"$_cr"}
          _line=${_line#export }
          _name=${_line%%=*}
          _value=${_line#*=}
          case $_name in
            '' | *[!A-Za-z0-9_]* | [0-9]* | "$_line") continue ;;
          esac
          case $_value in
            \\"*\\") _value=${_value#?} _value=${_value%?} ;;
            \\'*\\') _value=${_value#?} _value=${_value%?} ;;
          esac
          eval "_known=\\${$_name+set}" # the name has letters, digits and underscores only
          [ -n "$_known" ] || export "$_name=$_value"
        done < "$_environment"
      fi
      """;

  /** Without a locale, Java 17 could not even open a jar whose path is not ASCII. */
  private static final String SET_LOCALE =
      """
      if [ -z "$LC_ALL$LC_CTYPE$LANG" ]; then
        LC_CTYPE=C.UTF-8
        export LC_CTYPE
      fi
      """;

  private LaunchScript() {}

  /**
   * The script.
   *
   * @param place where it will be
   * @param archive what to start from, or {@code null}
   */
  static String of(
      Launcher launcher,
      Path place,
      JavaRuntime java,
      List<String> options,
      @Nullable Path archive,
      List<Path> classPath)
      throws LaunchException {
    String program =
        "-cp "
            + quoted(joined(classPath))
            + " "
            + quoted(launcher.mainClass())
            + words(launcher.arguments())
            + " \"$@\"\n";
    return "#!/bin/sh\n# Made by HookBus; changes are lost when it is installed again.\n"
        + readEnvironment(launcher.environmentFile())
        + SET_LOCALE
        + "_java="
        + quoted(java.command().toString())
        + "\n"
        + chooseArchive(archive, place)
        + "if [ -x \"$_java\" ]; then\n  exec \"$_java\""
        + words(options)
        + (archive == null ? "" : " ${_archive:+" + java.archiveOption() + "\"$_archive\"}")
        + " "
        + program
        + "fi\n# That Java is gone; any other will do, without what was tuned for the first.\n"
        + "for _java in \"${JAVA_HOME:+$JAVA_HOME/bin/java}\" java; do\n"
        + "  command -v \"$_java\" > /dev/null && exec \"$_java\" -Xlog:disable "
        + program
        + "done\necho \"${0##*/}: no Java found; install it again\" >&2\nexit "
        + (launcher.failClosed() ? "2\n" : "127\n");
  }

  /**
   * The machine itself may crash on an archive that was cut or written to; without its option it
   * starts from the JDK's own.
   */
  private static String chooseArchive(@Nullable Path archive, Path place) {
    return archive == null
        ? ""
        : "_archive="
            + quoted(archive.toString())
            + "\n[ ! -r \"$_archive\" ] || [ \"$_archive\" -nt "
            + quoted(place.toString())
            + " ] && _archive=\n";
  }

  private static String readEnvironment(@Nullable Path file) {
    return file == null
        ? ""
        : "_environment=" + quoted(file.toString()) + "\n_cr='\r'\n" + READ_ENVIRONMENT;
  }

  static String joined(List<Path> classPath) throws LaunchException {
    StringBuilder joined = new StringBuilder();
    for (Path entry : classPath) {
      if (entry.toString().indexOf(':') >= 0) {
        throw new LaunchException("a class path can't hold the colon in " + entry);
      }
      joined.append(joined.isEmpty() ? "" : ":").append(entry);
    }
    return joined.toString();
  }

  private static String words(List<String> words) {
    StringBuilder text = new StringBuilder();
    for (String word : words) {
      text.append(' ').append(quoted(word));
    }
    return text.toString();
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
