package dev.hookbus.sink.chroma;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A collection as the server describes it.
 *
 * @param id its UUID, which every request about records names
 * @param name its name
 * @param dimension of its vectors; null until the first record
 * @param metadata what it was made with
 */
record CollectionInfo(
    String id, String name, @Nullable Integer dimension, Map<String, @Nullable Object> metadata) {}
