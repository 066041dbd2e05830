package dev.hookbus.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The {@code hookbus} command. Subcommands do the work; this holds what they share. */
@Command(
    name = "hookbus",
    description = "Shows what the hooks of this machine do, and keeps their database in order.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:success",
      "1:the command failed",
      "2:the command line is wrong",
      "3:a limit is broken (metrics --check)",
      "4:the database is missing or can't be used"
    },
    subcommands = {
      StatusCommand.class,
      MetricsCommand.class,
      TailCommand.class,
      KeysCommand.class,
      CleanupCommand.class,
      RedactCommand.class,
      SinksCommand.class,
      DeadLettersCommand.class,
      DrainCommand.class,
      StateCommand.class,
      InstallCommand.class,
      UninstallCommand.class,
      DoctorCommand.class,
      ResidentCommand.class,
      SelftestCommand.class
    })
public final class HookBusCli {

  private static final int HELP_WIDTH = 100;

  @Option(
      names = "--db",
      paramLabel = "PATH",
      scope = ScopeType.INHERIT,
      description = "The database, in place of the one HOOKBUS_DB names.")
  private @Nullable Path database;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of an error.")
  private boolean verbose;

  HookBusCli() {}

  /** Runs one command and ends the process with its {@linkplain ExitCode exit code}. */
  public static void main(String[] args) {
    System.exit(run(args, utf8(FileDescriptor.out), utf8(FileDescriptor.err)));
  }

  /** Runs one command and gives its exit code. */
  static int run(String[] args, PrintWriter out, PrintWriter err) {
    ErrorReporter errors = new ErrorReporter();
    CommandLine commands = new CommandLine(new HookBusCli());
    for (CliExtension extension : ServiceLoader.load(CliExtension.class)) {
      extension.commands().forEach(commands::addSubcommand);
    }
    int exitCode =
        commands
            .setOut(out)
            .setErr(err)
            .setUsageHelpWidth(HELP_WIDTH)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler(errors)
            .setExecutionExceptionHandler(errors)
            .execute(args);
    out.flush();
    err.flush();
    return exitCode;
  }

  /** The database named on the command line. */
  Optional<Path> database() {
    return Optional.ofNullable(database);
  }

  /** Whether errors come with their stack trace. */
  boolean verbose() {
    return verbose;
  }

  /** Hosts often run without a locale, in which Java would write question marks. */
  private static PrintWriter utf8(FileDescriptor file) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(file), StandardCharsets.UTF_8));
  }
}
