package dev.hookbus.sink;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.hookbus.files.PrivateFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The files that are no longer written: set aside, compressed, deleted. Needs the lock. */
final class JsonlArchive {
  private static final String PREFIX = "events-";
  private static final String SUFFIX = ".jsonl";
  private static final String GZIP_SUFFIX = ".gz";
  private static final int DAY_DIGITS = 8;

  /** Sorts a day's last file behind those that were set aside. */
  private static final int NOT_SET_ASIDE = Integer.MAX_VALUE;

  private final Path directory;
  private final long maxTotalBytes;
  private final int retentionDays;
  private final boolean gzip;

  JsonlArchive(Path directory, long maxTotalBytes, int retentionDays, boolean gzip) {
    this.directory = directory;
    this.maxTotalBytes = maxTotalBytes;
    this.retentionDays = retentionDays;
    this.gzip = gzip;
  }

  static String currentName(LocalDate day) {
    return PREFIX + digits(day) + SUFFIX;
  }

  private static String digits(LocalDate day) {
    return day.toString().replace("-", "");
  }

  /** Gives the file that is full its number: 1, 2, 3 … in order of time. */
  void setAside(Path full, LocalDate day) throws IOException {
    int last =
        files().stream()
            .filter(file -> file.day.equals(day) && file.number != NOT_SET_ASIDE)
            .mapToInt(DayFile::number)
            .max()
            .orElse(0);
    String name = PREFIX + digits(day) + "." + (last + 1) + SUFFIX;
    Files.move(full, directory.resolve(name), ATOMIC_MOVE);
  }

  void tidy(LocalDate today) throws IOException {
    for (DayFile file : files()) {
      if (retentionDays > 0 && file.day.isBefore(today.minusDays(retentionDays))) {
        Files.deleteIfExists(file.path);
      } else if (gzip && file.day.isBefore(today) && !file.compressed) {
        compress(file.path);
      }
    }
    deleteOldestBeyondTotal(today);
  }

  private void deleteOldestBeyondTotal(LocalDate today) throws IOException {
    List<DayFile> files = files();
    long total = 0;
    for (DayFile file : files) {
      total += Files.size(file.path);
    }
    for (DayFile file : files) {
      if (total <= maxTotalBytes || file.isCurrent(today)) {
        return;
      }
      total -= Files.size(file.path);
      Files.deleteIfExists(file.path);
    }
  }

  /** Made aside and renamed, so that a crash leaves either the whole archive or the original. */
  private static void compress(Path file) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + GZIP_SUFFIX + ".tmp");
    try (OutputStream out =
        new GZIPOutputStream(
            Channels.newOutputStream(
                PrivateFiles.open(unfinished, Set.of(CREATE, WRITE, TRUNCATE_EXISTING))))) {
      Files.copy(file, out);
    }
    Files.move(unfinished, file.resolveSibling(file.getFileName() + GZIP_SUFFIX), ATOMIC_MOVE);
    Files.delete(file);
  }

  /** All event files, oldest first. */
  private List<DayFile> files() throws IOException {
    List<DayFile> files = new ArrayList<>();
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path path : (Iterable<Path>) entries::iterator) {
        DayFile file = DayFile.parse(path);
        if (file != null) {
          files.add(file);
        }
      }
    }
    files.sort(Comparator.comparing(DayFile::day).thenComparingInt(DayFile::number));
    return files;
  }

  /** A file's name taken apart. */
  private record DayFile(Path path, LocalDate day, int number, boolean compressed) {

    static @Nullable DayFile parse(Path path) {
      String name = path.getFileName().toString();
      boolean compressed = name.endsWith(GZIP_SUFFIX);
      String plain = compressed ? name.substring(0, name.length() - GZIP_SUFFIX.length()) : name;
      int dayEnd = PREFIX.length() + DAY_DIGITS;
      if (!plain.startsWith(PREFIX) || !plain.endsWith(SUFFIX) || plain.length() < dayEnd) {
        return null;
      }
      try {
        String day = plain.substring(PREFIX.length(), dayEnd);
        String number = plain.substring(dayEnd, plain.length() - SUFFIX.length());
        return new DayFile(
            path,
            LocalDate.of(
                Integer.parseInt(day.substring(0, 4)),
                Integer.parseInt(day.substring(4, 6)),
                Integer.parseInt(day.substring(6))),
            number.isEmpty() ? NOT_SET_ASIDE : Integer.parseInt(number.substring(1)),
            compressed);
      } catch (NumberFormatException | DateTimeException e) {
        return null; // somebody else's file
      }
    }

    boolean isCurrent(LocalDate today) {
      return !compressed && day.equals(today) && number == NOT_SET_ASIDE;
    }
  }
}
