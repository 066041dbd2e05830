package dev.hookbus.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Judges who had which key when, from what {@link Claimer}s said. Two owners at once are a broken
 * promise only while the first one's lease was alive: an owner that slept beyond its lease, or was
 * kept from the processor by a loaded machine, is overtaken by right. So the order of two owners is
 * taken from their fences, and each time in the sense that favours the library: a lease begins when
 * its owner asked, a key is taken when its owner had it in hands.
 */
final class Leases {

  /** An owner: from asking to settling, which a killed owner never did. */
  private static final class Owner {
    final long fence;
    final Moment asked;
    final Moment given;
    @Nullable Moment settled;
    String end = "killed";

    Owner(long fence, Moment asked, Moment given) {
      this.fence = fence;
      this.asked = asked;
      this.given = given;
    }
  }

  private final long leaseMillis;
  private final Map<String, List<Owner>> keys = new HashMap<>();
  private final List<String> broken = Collections.synchronizedList(new ArrayList<>());
  private long owners;
  private long overtaken;

  Leases(long leaseMillis) {
    this.leaseMillis = leaseMillis;
  }

  /** Takes a line of a claimer. */
  synchronized void hear(String line) {
    String[] words = line.split(" ", -1);
    List<Owner> owned = keys.computeIfAbsent(words[1], key -> new ArrayList<>());
    long fence = Long.parseLong(words[2]);
    if (words[0].equals("got")) {
      owned.add(new Owner(fence, Moment.parse(words[3]), Moment.parse(words[4])));
      owners++;
      return;
    }
    for (Owner owner : owned) {
      if (owner.fence == fence && owner.settled == null) {
        owner.settled = Moment.parse(words[3]);
        owner.end = words[0];
      }
    }
    if (words[0].equals("overtaken")) {
      overtaken++;
    }
  }

  /** How often a key was given. */
  synchronized long owners() {
    return owners;
  }

  /** How many owners were told that another one had taken their key. */
  synchronized long overtaken() {
    return overtaken;
  }

  /** Pairs of owners of which the second came when the first one's lease was over. */
  synchronized long takenOver() {
    long pairs = 0;
    for (List<Owner> owned : keys.values()) {
      pairs += Math.max(0, owned.size() - 1);
    }
    return pairs;
  }

  /** Every broken promise. */
  synchronized List<String> judge() {
    keys.forEach(
        (key, owned) -> {
          for (int i = 0; i < owned.size(); i++) {
            for (int j = 0; j < owned.size(); j++) {
              if (i != j) {
                judge(key, owned.get(i), owned.get(j), i < j);
              }
            }
          }
        });
    return List.copyOf(broken);
  }

  private void judge(String key, Owner first, Owner second, boolean once) {
    if (first.fence == second.fence) {
      if (once) {
        broken.add("key " + key + " was given twice with fence " + first.fence);
      }
      return;
    }
    if (first.fence > second.fence) {
      return;
    }
    if (first.end.equals("done")) {
      broken.add("key " + key + " was given again although its work was on record");
      return;
    }
    Moment leaseEnd = first.asked.plusMillis(leaseMillis);
    if (second.given.isSurelyBefore(leaseEnd)) {
      broken.add(
          "key "
              + key
              + " was given to fence "
              + second.fence
              + " while the lease of fence "
              + first.fence
              + " was alive");
    }
  }
}
