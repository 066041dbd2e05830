package dev.hookbus.sink.chroma;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads records in order of time from a server that cannot sort: asks for windows of time, from the
 * wanted end on, each wider than the one before, and halves a window that holds too much.
 */
final class WindowSearch {
  /** No event is later than the year 9999. */
  static final long END_OF_TIME = 253_402_300_799_999L;

  /** Oldest first; the order of the outbox decides within a millisecond. */
  static final Comparator<ChromaRecord> BY_TIME =
      Comparator.<ChromaRecord>comparingLong(r -> r.number(Keys.TS))
          .thenComparingLong(r -> r.number(Keys.SEQ))
          .thenComparing(ChromaRecord::id);

  private static final long FIRST_WIDTH_MILLIS = 60_000;
  private static final long GROWTH = 16;

  /** Asks the server for the metadata of a window's records. */
  interface Reader {
    /** At most {@code limit} records with times in the window, passing over {@code offset}. */
    List<ChromaRecord> read(long firstMillis, long lastMillis, int limit, int offset)
        throws IOException, InterruptedException;
  }

  private static final int SMALLEST_PAGE = 100;

  private final Reader reader;
  private final int maxPageSize;
  private final boolean newestFirst;

  WindowSearch(Reader reader, int maxPageSize, boolean newestFirst) {
    this.reader = reader;
    this.maxPageSize = maxPageSize;
    this.newestFirst = newestFirst;
  }

  /**
   * The first records of the range in the search's order.
   *
   * @param likely the time around which the wanted end is expected: widths grow from there
   */
  List<ChromaRecord> find(long first, long last, long likely, int wanted)
      throws IOException, InterruptedException {
    List<ChromaRecord> found = new ArrayList<>();
    if (first > last) {
      return found;
    }
    long start = Math.max(first, Math.min(last, likely));
    if (newestFirst) {
      if (start < last) {
        collect(start + 1, last, wanted, found);
      }
      long end = start;
      for (long width = FIRST_WIDTH_MILLIS; end >= first && found.size() < wanted; ) {
        long from = Math.max(first, end - width);
        collect(from, end, wanted, found);
        end = from - 1;
        width *= GROWTH;
      }
    } else {
      if (start > first) {
        collect(first, start - 1, wanted, found);
      }
      long from = start;
      for (long width = FIRST_WIDTH_MILLIS; from <= last && found.size() < wanted; ) {
        long end = Math.min(last, from + width);
        collect(from, end, wanted, found);
        from = end + 1;
        width *= GROWTH;
      }
    }
    return found;
  }

  /** Adds the window's records in order, until there are as many as wanted. */
  private void collect(long first, long last, int wanted, List<ChromaRecord> found)
      throws IOException, InterruptedException {
    if (found.size() >= wanted) {
      return;
    }
    // A page costs what it holds, and a full one only says that the window is too wide.
    int pageSize = (int) Math.min(maxPageSize, Math.max(SMALLEST_PAGE, 2L * wanted));
    List<ChromaRecord> page = reader.read(first, last, pageSize, 0);
    if (page.size() < pageSize) {
      addInOrder(page, wanted, found);
    } else if (first == last) {
      addInOrder(wholeMillisecond(first, page, pageSize), wanted, found);
    } else {
      long middle = first + (last - first) / 2;
      if (newestFirst) {
        collect(middle + 1, last, wanted, found);
        collect(first, middle, wanted, found);
      } else {
        collect(first, middle, wanted, found);
        collect(middle + 1, last, wanted, found);
      }
    }
  }

  private List<ChromaRecord> wholeMillisecond(
      long millis, List<ChromaRecord> firstPage, int pageSize)
      throws IOException, InterruptedException {
    List<ChromaRecord> all = new ArrayList<>(firstPage);
    List<ChromaRecord> page = firstPage;
    while (page.size() == pageSize) {
      page = reader.read(millis, millis, pageSize, all.size());
      all.addAll(page);
    }
    return all;
  }

  private void addInOrder(List<ChromaRecord> records, int wanted, List<ChromaRecord> found) {
    records.stream()
        .sorted(newestFirst ? BY_TIME.reversed() : BY_TIME)
        .limit(wanted - found.size())
        .forEach(found::add);
  }
}
