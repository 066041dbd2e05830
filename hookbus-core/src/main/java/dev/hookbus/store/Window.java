package dev.hookbus.store;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a window of time into as few and as coarse periods as its edges allow: days in the middle,
 * hours and minutes towards the edges.
 */
final class Window {

  /**
   * Adjacent periods of one resolution.
   *
   * @param start epoch seconds, inclusive
   * @param end epoch seconds, exclusive
   */
  record Slice(Resolution resolution, long start, long end) {}

  private final List<Slice> slices = new ArrayList<>();

  private Window() {}

  /**
   * Slices that cover {@code from} to {@code now}, in order, without gap or overlap. The end is
   * rounded up to a minute, the start down to the finest resolution that is still kept of then.
   *
   * @param from epoch seconds
   * @param now epoch seconds
   */
  static List<Slice> slices(long from, long now) {
    Window window = new Window();
    long end = now - Math.floorMod(now, Resolution.MINUTE.seconds()) + Resolution.MINUTE.seconds();
    window.cover(Resolution.finestKept(now - from).floor(from), end, Resolution.DAY);
    return List.copyOf(window.slices);
  }

  private void cover(long start, long end, Resolution resolution) {
    if (start >= end) {
      return;
    }
    long first = resolution.floor(start + resolution.seconds() - 1);
    long last = resolution.floor(end);
    if (first >= last) {
      cover(start, end, resolution.finer());
      return;
    }
    cover(start, first, resolution.finer());
    slices.add(new Slice(resolution, first, last));
    cover(last, end, resolution.finer());
  }
}
