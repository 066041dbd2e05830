package dev.hookbus.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a process is told by whoever started it, where one process stands in for many. */
public interface Surroundings {

  /** The value of an environment variable, or {@code null}. */
  @Nullable String variable(String name);

  /** All of them, for processes that are started for the call. */
  Map<String, String> variables();

  /** The working directory, absolute. */
  String workingDirectory();
}
