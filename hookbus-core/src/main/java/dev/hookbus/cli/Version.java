package dev.hookbus.cli;

import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = HookBusCli.class.getPackage().getImplementationVersion();
    return new String[] {"hookbus " + (version == null ? "(not from a jar)" : version)};
  }
}
