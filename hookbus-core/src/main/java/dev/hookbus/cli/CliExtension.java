package dev.hookbus.cli;

import java.util.List;

/**
 * Adds another module's commands to {@code hookbus}, found by {@link java.util.ServiceLoader}.
 * Implementations are public and have a public constructor without parameters.
 */
public interface CliExtension {

  /** New objects of classes that carry picocli's {@code @Command}, with names of their own. */
  List<Object> commands();
}
