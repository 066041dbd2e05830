package dev.hookbus.cli;

import picocli.CommandLine.Command;

/** Runs the {@link SelfTest}. */
@Command(
    name = "selftest",
    description = "Checks in a temporary database that HookBus works on this machine.")
final class SelftestCommand extends CliCommand {

  @Override
  public Integer call() throws Exception {
    return new SelfTest(out()).passes() ? ExitCode.OK : ExitCode.FAILURE;
  }
}
