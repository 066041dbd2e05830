package dev.hookbus.event;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The line a full-text index or an embedding is made of. */
final class IndexableText {
  private static final int MAX_ARTIFACTS = 3;

  private final StringJoiner parts = new StringJoiner(" | ");

  @CanIgnoreReturnValue
  IndexableText add(String label, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      parts.add(label + value);
    }
    return this;
  }

  @CanIgnoreReturnValue
  IndexableText addArtifacts(List<ArtifactRef> artifacts) {
    return add(
        "Artifacts: ",
        artifacts.stream()
            .limit(MAX_ARTIFACTS)
            .map(ArtifactRef::path)
            .collect(Collectors.joining(", ")));
  }

  /** Null where nothing is worth indexing. */
  @Nullable String toText() {
    return parts.length() == 0 ? null : Texts.cut(parts.toString(), EventLimits.INDEXABLE_TEXT);
  }
}
