package dev.hookbus.resident;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What was looked up in a call's surroundings while something was made of them. Whoever would be
 * told the same can share it, whatever else the two are told.
 */
final class Asked {

  private final Map<String, Optional<String>> variables = new ConcurrentHashMap<>();
  private volatile @Nullable Map<String, String> all;
  private volatile @Nullable Path workingDirectory;

  void forVariable(String name, @Nullable String told) {
    variables.put(name, Optional.ofNullable(told));
  }

  void forAll(Map<String, String> told) {
    all = told;
  }

  void forWorkingDirectory(Path told) {
    workingDirectory = told;
  }

  /** Whether the same is told there. */
  boolean wouldBeTheSameIn(CallContext other) {
    if (all != null && !Objects.equals(all, other.environment())) {
      return false;
    }
    if (workingDirectory != null && !Objects.equals(workingDirectory, other.workingDirectory())) {
      return false;
    }
    for (Map.Entry<String, Optional<String>> variable : variables.entrySet()) {
      if (!Objects.equals(variable.getValue().orElse(null), other.variable(variable.getKey()))) {
        return false;
      }
    }
    return true;
  }
}
