package dev.hookbus.faults;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The frame of a row: starts writers and listens to what they were promised, has them write, judges
 * a scene, and sums all up. A row itself says only what is done to them and what must follow.
 */
final class Trial {

  private final List<String> losses = new ArrayList<>();
  private final Waits waits = new Waits();
  private Records records = new Records();
  private long accepted;

  /** A writer that is listened to. */
  Child start(Scene scene) throws IOException {
    return start(Child.launch(), scene);
  }

  /** A writer that is started in a special way, and listened to. */
  Child start(Child.Launch launch, Scene scene) throws IOException {
    return launch.listener(records::hear).start(scene);
  }

  /** Has a writer make so many calls; any of them may stay unrecorded. */
  void write(Child writer, String prefix, int calls) throws IOException, InterruptedException {
    long unused = unrecorded(writer, prefix, calls);
  }

  /** Has a writer make so many calls, of which none can be on record. */
  void writeInVain(Child writer, String prefix, int calls, String otherwise)
      throws IOException, InterruptedException {
    if (unrecorded(writer, prefix, calls) != calls) {
      lost(otherwise);
    }
  }

  /** Has a writer make so many calls, all of which must be on record. */
  void writeAll(Child writer, String prefix, int calls, String when)
      throws IOException, InterruptedException {
    refuse(unrecorded(writer, prefix, calls), when);
  }

  /** As {@link #writeAll}, for calls that the writer was told to make before. */
  void hearAll(Child writer, String when) throws IOException, InterruptedException {
    refuse(waits.hear(writer.answer()), when);
  }

  private long unrecorded(Child writer, String prefix, int calls)
      throws IOException, InterruptedException {
    return waits.hear(writer.ask("write " + prefix + " " + calls));
  }

  private void refuse(long unrecorded, String when) {
    if (unrecorded > 0) {
      lost(unrecorded + " calls were not recorded " + when);
    }
  }

  /** Has a writer call until a call is on record again, as must be soon. */
  void recover(Child writer, String prefix, String otherwise)
      throws IOException, InterruptedException {
    if (!Recovery.isReached(writer, prefix)) {
      lost(otherwise);
    }
  }

  /** A promise was broken. */
  void lost(String how) {
    losses.add(how);
  }

  /** What has been accepted since the last judgement. */
  Records records() {
    return records;
  }

  /** Judges what was accepted since the last judgement by what is in the scene. */
  void judge(Scene scene) throws SQLException, IOException {
    judge(scene, records.ids());
  }

  /** As {@link #judge(Scene)}, but only these records need to be there. */
  void judge(Scene scene, Set<String> ids) throws SQLException, IOException {
    losses.addAll(records.judge(scene, ids));
    accepted += records.accepted();
    records = new Records();
  }

  /** What came of it, and nothing else to say than how the writers fared. */
  Outcome outcome(String often) {
    return outcome(often, "");
  }

  /** What came of it, beginning with what else there is to say. */
  Outcome outcome(String often, String seen) {
    return new Outcome.Ran(often, accepted, losses, seen + waits);
  }
}
