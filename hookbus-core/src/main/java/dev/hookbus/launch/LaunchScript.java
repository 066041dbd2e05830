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
   *
   * <p>Each process started here takes longer than the hook itself. So one curl saves the event,
   * has the call taken and fetches its answer, each within a limit of its own; only for calls that
   * take longer another one waits.
   */
  private static final String ASK_RESIDENT =
      """
      _run=${XDG_RUNTIME_DIR:+$XDG_RUNTIME_DIR/hookbus}
      _resident=${_run:=$HOME/.hookbus/run}/$_version
      _fallback=$HOOKBUS_FALLBACK
      unset HOOKBUS_FALLBACK
      _start=
      _retry=
      _newline='
      '
      case $_fallback in
        start) _start=yes ;;
        none) ;;
        -*) _retry=$_fallback ;;
        *) [ ! -x "$_client" ] && ! command -v curl > /dev/null || _start=yes ;;
      esac
      # Spares curl the preparation for languages and encryption.
      _become_curl() {
        LC_ALL=C GNUTLS_NO_IMPLICIT_INIT=1 OPENSSL_CONF=/dev/null exec curl -q --fail-early "$@"
      }
      _ask() { # PATH [OPTION...]: has another answer written after those that are there
        echo >&3
        _path=$1
        shift
        _become_curl -sfN "$@" --noproxy '*' --unix-socket "$_call.reply" \\
          "http://hookbus/$_path" >&3 2> /dev/null < /dev/null &
        _curl=$!
        _await_curl
      }
      _await_curl() { # and reads the last answer that is complete
        wait "$_curl" 2> /dev/null
        _status=$?
        while IFS= read -r _line <&4; do
          case $_line in
            '>'*) _out=$_out${_line#?}$_newline ;;
            '!'*) _err=$_err${_line#?}$_newline ;;
            .) _code=${_head% *} _left=${_head#* } _answer_out=$_out _answer_err=$_err ;;
            *) _head=$_line _out= _err= ;;
          esac
        done
      }
      if [ -z "$_fallback" ] && [ -n "$_start" ] && [ -S "$_resident.socket" ]; then
        [ ! -x "$_client" ] || exec "$_client" "$_resident" "$_hook" "$_patience" "$0" "$@"
        IFS= read -r _id < /proc/sys/kernel/random/uuid
        _call=$_run/$_id
        if [ -O "$_resident.socket" ] && { true > "$_call" > "$_call.answer"; } 2> /dev/null; then
          exec 3> "$_call.answer" 4< "$_call.answer" 5<&0 < "$_call"
          _left=
          _kept=
          _late=
          _ending=
          _become_curl -s -T - file:///proc/self/fd/6 \\
            --next -sf -m "$_seconds" --noproxy '*' --unix-socket "$_resident.socket" \\
            -H "Hook: $_hook" "http://hookbus/take/$_id/$$/$#" \\
            --next -sfN -m 0.5 --noproxy '*' --unix-socket "$_call.reply" \\
            "http://hookbus/answer/$_id/400" 6> "$_call" >&3 2> /dev/null <&5 &
          _curl=$!
          trap '_ending=yes; kill "$_curl" 2> /dev/null' HUP INT TERM
          _await_curl
          [ ! -e "$_call" ] || ! mv "$_call" "$_call.kept" 2> /dev/null || _kept=yes
          while [ -z "$_left$_kept$_ending" ] && [ "$_status" -eq 0 -o "$_status" -eq 28 ]; do
            _ask "answer/$_id/400" -m 0.5
          done
          if [ "${_left:-0}" -gt 0 ] && [ -z "$_ending" ]; then
            _left=$((_left > 600 ? _left - 500 : 100))
            _ask "answer/$_id/$_left" -m "$((_left / 1000)).$((_left / 100 % 10))"
            [ "$_status" -ne 28 ] || _late=yes
          fi
          if [ -n "$_ending" ] && [ -z "$_kept" ]; then
            trap '' HUP INT TERM
            _ask "end/$_id" -m 1.2
            [ "$_status" -ne 28 ] || _late=yes
          fi
          trap - HUP INT TERM
          if [ -n "$_left" ] && [ "$_left" -eq 0 -o -n "$_late" ]; then
            printf '%s' "$_answer_out"
            printf '%s' "$_answer_err" >&2
            exit "$_code"
          fi
          [ -n "$_kept" ] || _retry=-Dhookbus.retry=$_id
          [ "$_status" -eq 7 ] || _start= # nobody listens
          [ -z "$_kept" ] || [ -s "$_call.kept" ] || exec <&5 # curl has read nothing
          rm -f "$_call" "$_call".*
          exec 3>&- 4<&- 5<&-
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
