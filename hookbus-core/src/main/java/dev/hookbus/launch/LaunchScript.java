package dev.hookbus.launch;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The text of a command. Every value from outside stands in single quotes. */
final class LaunchScript {

  /** A resident process that nobody calls for so long ends. */
  private static final long IDLE_SECONDS = 1_800;

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

  /**
   * Asks the resident process, by a client made for that, or by what most machines have. The event
   * goes into a file first. That process takes the call by renaming the file; if it has not done so
   * in time it is renamed here, and the call run here. A call that was taken and has no answer is
   * tried again under its token. An answer is its exit code and the milliseconds in which a better
   * one comes, marked lines, and a dot; the first one counts where the process hangs after it.
   */
  private static final String ASK_RESIDENT =
      """
      _run=${XDG_RUNTIME_DIR:+$XDG_RUNTIME_DIR/hookbus}
      _resident=${_run:=$HOME/.hookbus/run}/$_version
      _fallback=$HOOKBUS_FALLBACK
      unset HOOKBUS_FALLBACK
      _start=
      _retry=
      _answer=
      _left=
      _newline='
      '
      case $_fallback in
        start) _start=yes ;;
        none) ;;
        -*) _retry=$_fallback ;;
        *) [ ! -x "$_client" ] && ! command -v curl > /dev/null || _start=yes ;;
      esac
      if [ -z "$_fallback" ] && [ -n "$_start" ] && [ -S "$_resident.socket" ]; then
        [ ! -x "$_client" ] || exec "$_client" "$_resident" "$_hook" "$_patience" "$0" "$@"
        IFS= read -r _id < /proc/sys/kernel/random/uuid
        _call=$_run/$_id
        [ ! -O "$_resident.socket" ] || { cat > "$_call"; } 2> /dev/null
        if [ -r "$_call" ] && { true > "$_call.answer"; } 2> /dev/null; then
          exec < "$_call" 3> "$_call.answer" 4< "$_call.answer"
          curl -qsfN --noproxy '*' --unix-socket "$_resident.socket" -H "Hook: $_hook" \\
            "http://hookbus/run/$_id/$$/$#" >&3 2> /dev/null < /dev/null &
          _curl=$!
          {
            sleep "$_seconds"
            mv "$_call" "$_call.kept" || while kill -0 $$ && [ "${_left:-1}" -gt 0 ]; do
              [ -n "$_left" ] || IFS=' ' read -r _code _left < /proc/self/fd/4
              sleep 0.2
              _left=${_left:+$((_left - 200))}
            done
            kill "$_curl"
          } > /dev/null 2>&1 < /dev/null &
          _watch=$!
          _ending=
          trap '_ending=yes; kill "$_curl"' HUP INT TERM
          wait "$_curl" 2> /dev/null
          _status=$?
          if [ -n "$_ending" ]; then
            trap '' HUP INT TERM
            curl -qsfN -m 1.2 --noproxy '*' --unix-socket "$_resident.socket" \\
              "http://hookbus/end/$_id" >&3 2> /dev/null < /dev/null
            _status=$?
          fi
          trap - HUP INT TERM
          kill "$_watch" 2> /dev/null
          _late=
          case $_status in
            28 | 143) [ -e "$_call.kept" ] || _late=yes ;;
          esac
          _code= _out= _err=
          while IFS= read -r _line <&4; do
            case $_line in
              '>'*) _out=$_out${_line#?}$_newline ;;
              '!'*) _err=$_err${_line#?}$_newline ;;
              .)
                if [ "${_code#* }" -eq 0 ] || [ -n "$_late" ]; then
                  _answer=$_code _answer_out=$_out _answer_err=$_err
                fi
                ;;
              *) _code=$_line _out= _err= ;;
            esac
          done
          if [ -n "$_answer" ]; then
            printf '%s' "$_answer_out"
            printf '%s' "$_answer_err" >&2
            exit "${_answer% *}"
          fi
          [ -e "$_call.kept" ] || mv "$_call" "$_call.kept" 2> /dev/null ||
            _retry=-Dhookbus.retry=$_id
          [ "$_status" -eq 7 ] || _start= # nobody listens
          rm -f "$_call" "$_call".*
          exec 3>&- 4<&-
        fi
      fi
      """;

  /** In an environment of its own, so that no call sees another's. */
  private static final String START_RESIDENT =
      """
      if [ -n "$_start" ] && [ -x "$_java" ]; then
        (
          umask 077
          cd / && mkdir -p "$_run"
          [ -z "$(find "$_resident.starting" -mmin +1)" ] || rm "$_resident.starting"
          set -C
          true > "$_resident.starting" || exit
          _detached=$(command -v setsid)
          exec env -i HOME="$HOME" PATH="$PATH" LC_ALL=C.UTF-8 ${TZ+"TZ=$TZ"} \\
            $_detached "$_java" "-XX:ErrorFile=$_resident.crash-%%p.log" %s \\
            dev.hookbus.resident.ResidentProcess "$_run" "$_version" %s
        ) > /dev/null 2>&1 < /dev/null &
      fi
      """;

  private LaunchScript() {}

  /**
   * The script.
   *
   * @param place where it will be
   * @param archive what to start from, or {@code null}
   * @param resident what to ask first, or {@code null}
   */
  static String of(
      Launcher launcher,
      Path place,
      JavaRuntime java,
      List<String> options,
      @Nullable Path archive,
      List<Path> classPath,
      @Nullable ResidentStart resident)
      throws LaunchException {
    String program =
        "-cp "
            + quoted(joined(classPath))
            + " "
            + quoted(launcher.mainClass())
            + words(launcher.arguments())
            + " \"$@\"\n";
    return "#!/bin/sh\n# Made by HookBus; changes are lost when it is installed again.\n"
        + askResident(resident)
        + readEnvironment(launcher.environmentFile())
        + SET_LOCALE
        + "_java="
        + quoted(java.command().toString())
        + "\n"
        + startResident(resident)
        + chooseArchive(archive, place)
        + "if [ -x \"$_java\" ]; then\n  exec \"$_java\""
        + words(options)
        + (archive == null ? "" : " ${_archive:+" + java.archiveOption() + "\"$_archive\"}")
        + (resident == null ? "" : " $_retry")
        + " "
        + program
        + "fi\n# That Java is gone; any other will do, without what was tuned for the first.\n"
        + "for _java in \"${JAVA_HOME:+$JAVA_HOME/bin/java}\" java; do\n"
        + "  command -v \"$_java\" > /dev/null && exec \"$_java\" -Xlog:disable "
        + (resident == null ? "" : "$_retry ")
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

  private static String askResident(@Nullable ResidentStart resident) {
    return resident == null
        ? ""
        : "_version="
            + resident.id()
            + "\n_hook="
            + quoted(resident.command().toString())
            + "\n_client="
            + quoted(resident.client() == null ? "" : resident.client().toString())
            + "\n_patience="
            + resident.patience().toMillis()
            + "\n_seconds="
            + BigDecimal.valueOf(resident.patience().toMillis(), 3)
            + "\n"
            + ASK_RESIDENT;
  }

  private static String startResident(@Nullable ResidentStart resident) throws LaunchException {
    return resident == null
        ? ""
        : START_RESIDENT.formatted(
            words(resident.options()).strip() + " -cp " + quoted(joined(resident.libraries())),
            IDLE_SECONDS);
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
