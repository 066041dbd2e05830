package dev.hookbus.sink;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Appends events to {@code events-YYYYMMDD.jsonl} (UTC day), one line each, in a directory that
 * many processes may share: a batch is written under the directory's lock, so lines are whole, and
 * a line torn by a crash is removed before the next is written.
 *
 * <p>Files have mode 0600 in a directory of mode 0700. A file that would grow beyond its limit is
 * set aside as {@code events-YYYYMMDD.N.jsonl}.
 *
 * <pre>{@code
 * try (Sink sink = JsonlSink.in(Path.of("/var/log/events")).gzip(true).build()) {
 *   sink.deliver(batch);
 * }
 * }</pre>
 */
public interface JsonlSink extends Sink {

  /** A builder for a sink in that directory, which is made at the first delivery. */
  static Builder in(Path directory) {
    return new FileJsonlSink.Settings(directory);
  }

  /** Settings of a JSONL sink. Not thread-safe. */
  interface Builder {

    /** The size at which a file is set aside, in bytes; 64 MiB by default, at least 1. */
    @CanIgnoreReturnValue
    Builder maxFileBytes(long bytes);

    /**
     * The size of all files together, in bytes, beyond which the oldest is deleted; 1 GiB by
     * default. The file being written is never deleted.
     */
    @CanIgnoreReturnValue
    Builder maxTotalBytes(long bytes);

    /** How many days files are kept; 30 by default, 0 keeps them for ever. */
    @CanIgnoreReturnValue
    Builder retentionDays(int days);

    /** Whether files of closed days are compressed; off by default. */
    @CanIgnoreReturnValue
    Builder gzip(boolean compress);

    /** Whether a batch is forced to the disk before it counts as delivered; off by default. */
    @CanIgnoreReturnValue
    Builder fsync(boolean force);

    /** The clock that tells the day; the system's by default. */
    @CanIgnoreReturnValue
    Builder clock(InstantSource source);

    /**
     * The sink; no file is touched yet.
     *
     * @throws IllegalArgumentException where a limit is out of range
     */
    JsonlSink build();
  }
}
