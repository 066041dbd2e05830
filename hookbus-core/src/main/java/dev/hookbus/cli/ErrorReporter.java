package dev.hookbus.cli;

import dev.hookbus.store.StoreException;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns exceptions into one line on the error output and an exit code. */
final class ErrorReporter implements IParameterExceptionHandler, IExecutionExceptionHandler {

  @Override
  public int handleParseException(ParameterException mistake, String[] args) {
    CommandLine command = mistake.getCommandLine();
    PrintWriter err = command.getErr();
    if (args.length == 0) {
      command.usage(err);
      return ExitCode.USAGE;
    }
    err.println("hookbus: " + inPlainWords(String.valueOf(mistake.getMessage())));
    UnmatchedArgumentException.printSuggestions(mistake, err);
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult parseResult) {
    PrintWriter err = command.getErr();
    err.println("hookbus: " + (failure.getMessage() == null ? failure : failure.getMessage()));
    HookBusCli root = (HookBusCli) command.getCommandSpec().root().userObject();
    if (root.verbose()) {
      failure.printStackTrace(err);
    }
    return failure instanceof StoreException ? ExitCode.NO_DATABASE : ExitCode.FAILURE;
  }

  /** Picocli stutters at options that take pairs, and shouts the names of choices. */
  private static String inPlainWords(String message) {
    String text = message.replace("option option", "option");
    int from = text.indexOf("expected one of [");
    int to = text.indexOf(']', Math.max(from, 0));
    return from < 0 || to < 0
        ? text
        : text.substring(0, from)
            + text.substring(from, to).toLowerCase(Locale.ROOT)
            + text.substring(to);
  }
}
