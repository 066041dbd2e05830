package dev.hookbus.sink;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNull;

import dev.hookbus.files.PrivateFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes batches under the directory's lock; {@link JsonlArchive} looks after older files. */
final class FileJsonlSink implements JsonlSink {
  private static final Logger LOG = LoggerFactory.getLogger(JsonlSink.class);
  private static final BatchLimits LIMITS = new BatchLimits(1000, 1 << 20);
  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);
  private static final int TAIL_BYTES = 8192;

  private final Settings settings;
  private final JsonlArchive archive;
  private volatile boolean closed;
  private @Nullable LocalDate lastDay;

  private FileJsonlSink(Settings settings) {
    this.settings = settings;
    this.archive =
        new JsonlArchive(
            settings.directory, settings.maxTotalBytes, settings.retentionDays, settings.gzip);
  }

  @Override
  public String name() {
    return JsonlSinkProvider.NAME;
  }

  @Override
  public BatchLimits limits() {
    return LIMITS;
  }

  @Override
  public DeliveryReport deliver(List<OutboxEvent> batch) {
    if (closed) {
      return DeliveryReport.all(batch.size(), DeliveryOutcome.retry("sink is closed"));
    }
    if (batch.isEmpty()) {
      return DeliveryReport.allDelivered(0);
    }
    try {
      write(lines(batch));
      return DeliveryReport.allDelivered(batch.size());
    } catch (IOException e) {
      String reason = e.getClass().getSimpleName() + ": " + e.getMessage();
      return DeliveryReport.all(batch.size(), DeliveryOutcome.retry(reason));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return DeliveryReport.all(batch.size(), DeliveryOutcome.retry("interrupted"));
    }
  }

  @Override
  public ReceiverCheck check() {
    Path nearest = settings.directory.toAbsolutePath();
    while (!Files.exists(nearest) && nearest.getParent() != null) {
      nearest = nearest.getParent();
    }
    boolean usable = Files.isDirectory(nearest) && Files.isWritable(nearest);
    return new ReceiverCheck(
        usable ? ReceiverCheck.State.READY : ReceiverCheck.State.AWAY,
        settings.directory.toString(),
        usable ? "" : nearest + " can't be written to",
        null,
        null);
  }

  private static byte[] lines(List<OutboxEvent> batch) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (OutboxEvent event : batch) {
      byte[] json = event.utf8();
      for (int i = 0; i < json.length; i++) {
        // Inside strings JSON has no raw line ends, so these are only layout.
        if (json[i] == '\n' || json[i] == '\r') {
          json[i] = ' ';
        }
      }
      lines.writeBytes(json);
      lines.write('\n');
    }
    return lines.toByteArray();
  }

  private void write(byte[] lines) throws IOException, InterruptedException {
    PrivateFiles.createDirectories(settings.directory);
    DirectoryLock.run(settings.directory, LOCK_TIMEOUT, () -> writeLocked(lines));
  }

  private void writeLocked(byte[] lines) throws IOException {
    LocalDate today = LocalDate.ofInstant(settings.clock.instant(), ZoneOffset.UTC);
    Path file = settings.directory.resolve(JsonlArchive.currentName(today));
    long size = Files.exists(file) ? withoutTornLine(file) : 0;
    boolean rotate = size > 0 && size + lines.length > settings.maxFileBytes;
    if (rotate) {
      archive.setAside(file, today);
    }
    if (rotate || !today.equals(lastDay)) {
      tidy(today);
      lastDay = today;
    }
    append(file, lines);
  }

  /** Cuts off what a crashed writer left after the last line end, and gives the size. */
  private static long withoutTornLine(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
      long size = channel.size();
      long end = size;
      ByteBuffer tail = ByteBuffer.allocate(TAIL_BYTES);
      while (end > 0) {
        long start = Math.max(0, end - TAIL_BYTES);
        tail.clear().limit((int) (end - start));
        while (tail.hasRemaining() && channel.read(tail, start + tail.position()) >= 0) {
          // reads until the piece is complete
        }
        int last = tail.position() - 1;
        while (last >= 0 && tail.get(last) != '\n') {
          last--;
        }
        end = start + last + 1;
        if (last >= 0) {
          break;
        }
      }
      if (end < size) {
        channel.truncate(end);
      }
      return end;
    }
  }

  private void append(Path file, byte[] lines) throws IOException {
    try (FileChannel channel = PrivateFiles.open(file, Set.of(CREATE, WRITE, APPEND))) {
      ByteBuffer rest = ByteBuffer.wrap(lines);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      if (settings.fsync) {
        channel.force(false);
      }
    }
  }

  /** Old files are no reason to refuse new events. */
  private void tidy(LocalDate today) {
    try {
      archive.tidy(today);
    } catch (IOException e) {
      LOG.warn("Old event files could not be compressed or deleted; see ZO_EVENT_LOG_DIR", e);
    }
  }

  @Override
  public void close() {
    closed = true;
  }

  static final class Settings implements Builder {
    private final Path directory;
    private long maxFileBytes = 64L << 20;
    private long maxTotalBytes = 1L << 30;
    private int retentionDays = 30;
    private boolean gzip;
    private boolean fsync;
    private InstantSource clock = InstantSource.system();

    Settings(Path directory) {
      this.directory = requireNonNull(directory, "directory");
    }

    @Override
    public Builder maxFileBytes(long bytes) {
      maxFileBytes = bytes;
      return this;
    }

    @Override
    public Builder maxTotalBytes(long bytes) {
      maxTotalBytes = bytes;
      return this;
    }

    @Override
    public Builder retentionDays(int days) {
      retentionDays = days;
      return this;
    }

    @Override
    public Builder gzip(boolean compress) {
      gzip = compress;
      return this;
    }

    @Override
    public Builder fsync(boolean force) {
      fsync = force;
      return this;
    }

    @Override
    public Builder clock(InstantSource source) {
      clock = requireNonNull(source, "source");
      return this;
    }

    @Override
    public JsonlSink build() {
      if (maxFileBytes < 1 || maxTotalBytes < 1 || retentionDays < 0) {
        throw new IllegalArgumentException(
            "maxFileBytes and maxTotalBytes must be positive, retentionDays not negative");
      }
      return new FileJsonlSink(this);
    }
  }
}
