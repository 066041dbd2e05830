package dev.hookbus.resident;

import dev.hookbus.HookBus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Buses that stay open between calls: one for each environment that calls come with. */
final class Buses {

  private static final int MOST = 16;

  /** What a bus is made of. */
  private record Key(Map<String, String> settings, Path workingDirectory) {}

  private static final class Shared {
    private final HookBus bus;
    private int users;

    Shared(HookBus bus) {
      this.bus = bus;
    }
  }

  private final Map<Key, Shared> buses = new LinkedHashMap<>(16, 0.75f, true);

  /** A bus that is not closed before the lease is. */
  final class Lease implements AutoCloseable {
    private final Shared shared;

    private Lease(Shared shared) {
      this.shared = shared;
    }

    HookBus bus() {
      return shared.bus;
    }

    @Override
    public void close() {
      for (HookBus bus : released(shared)) {
        bus.close();
      }
    }
  }

  /** The bus of this thread's call. */
  synchronized Lease lease(CallContext context) {
    Key key = new Key(context.settings(), context.workingDirectory());
    Shared shared = buses.get(key);
    if (shared == null) {
      CallContext.enter(context.ofSharedBus());
      try {
        shared = new Shared(HookBus.fromEnvironment());
      } finally {
        CallContext.enter(context);
      }
      buses.put(key, shared);
    }
    shared.users++;
    return new Lease(shared);
  }

  /** Those that are one too many now. */
  private synchronized List<HookBus> released(Shared released) {
    released.users--;
    List<HookBus> superfluous = new ArrayList<>();
    Iterator<Shared> eldestFirst = buses.values().iterator();
    while (buses.size() > MOST && eldestFirst.hasNext()) {
      Shared eldest = eldestFirst.next();
      if (eldest.users == 0) {
        eldestFirst.remove();
        superfluous.add(eldest.bus);
      }
    }
    return superfluous;
  }

  /** Closes those that nobody uses. */
  void close() {
    List<HookBus> idle = new ArrayList<>();
    synchronized (this) {
      for (Shared shared : buses.values()) {
        if (shared.users == 0) {
          idle.add(shared.bus);
        }
      }
      buses.clear();
    }
    for (HookBus bus : idle) {
      bus.close();
    }
  }
}
