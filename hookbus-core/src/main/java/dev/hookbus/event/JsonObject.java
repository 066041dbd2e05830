package dev.hookbus.event;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A deeply immutable map of JSON values: proof, by its type, that it need not be copied again. */
final class JsonObject extends AbstractMap<String, @Nullable Object> {
  private final Map<String, @Nullable Object> values;

  JsonObject(Map<String, @Nullable Object> values) {
    this.values = Collections.unmodifiableMap(values);
  }

  @Override
  public Set<Entry<String, @Nullable Object>> entrySet() {
    return values.entrySet();
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    return values.get(key);
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return values.containsKey(key);
  }
}
