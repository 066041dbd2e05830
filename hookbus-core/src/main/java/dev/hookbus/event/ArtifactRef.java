package dev.hookbus.event;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file an agent produced, named by its content.
 *
 * @param path where it is, as the producer names it
 * @param type its kind, such as {@code file} or {@code markdown}
 * @param hash {@code sha256:} and 64 hex digits, or {@link #UNKNOWN_HASH}
 * @param sizeBytes its size in bytes; 0 where it could not be read
 * @param producedAt when it was produced, kept to the millisecond
 */
public record ArtifactRef(
    String path, String type, String hash, long sizeBytes, Instant producedAt) {

  /** The hash of a file that could not be read. */
  public static final String UNKNOWN_HASH = "sha256:unknown";

  private static final int CHUNK_BYTES = 64 * 1024;

  /** Checks for nulls. */
  public ArtifactRef {
    requireNonNull(path, "path");
    requireNonNull(type, "type");
    requireNonNull(hash, "hash");
    producedAt = Timestamps.truncated(producedAt);
  }

  /**
   * Hashes a file as it is now, in 64 KiB of memory whatever its size.
   *
   * @return a reference with {@link #UNKNOWN_HASH} and size 0 where the file cannot be read: a
   *     missing artifact is worth an event too
   */
  public static ArtifactRef ofFile(Path file, String type, Instant producedAt) {
    MessageDigest sha256 = Hashing.sha256();
    long size = 0;
    try (InputStream in = Files.newInputStream(file)) {
      byte[] chunk = new byte[CHUNK_BYTES];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        sha256.update(chunk, 0, n);
        size += n;
      }
    } catch (IOException e) {
      return new ArtifactRef(file.toString(), type, UNKNOWN_HASH, 0, producedAt);
    }
    String hash = "sha256:" + Hashing.hex(sha256.digest());
    return new ArtifactRef(file.toString(), type, hash, size, producedAt);
  }

  /** The form {@code data.artifact_metadata} carries. */
  Map<String, @Nullable Object> toData() {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("path", path);
    data.put("type", type);
    data.put("hash", hash);
    data.put("size_bytes", sizeBytes);
    data.put("produced_at", Timestamps.format(producedAt));
    return data;
  }
}
