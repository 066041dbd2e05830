package dev.hookbus.resident;

import dev.hookbus.HookBus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Buses that stay open between calls. A call gets one that was made of the same settings, whatever
 * else differs in its environment.
 */
final class Buses {

  private static final int MOST = 16;

  private static final class Shared {
    private final HookBus bus;
    private final Asked madeOf;
    private int users;

    Shared(HookBus bus, Asked madeOf) {
      this.bus = bus;
      this.madeOf = madeOf;
    }
  }

  /** Those that were used last come first. */
  private final List<Shared> buses = new ArrayList<>();

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

  /** A bus for this thread's call. */
  synchronized Lease lease(CallContext context) {
    Shared shared = fitting(context);
    if (shared == null) {
      shared = make(context);
    }
    buses.remove(shared);
    buses.add(0, shared);
    shared.users++;
    return new Lease(shared);
  }

  private @Nullable Shared fitting(CallContext context) {
    CallContext wanted = context.ofSharedBus(null);
    for (Shared known : buses) {
      if (known.madeOf.wouldBeTheSameIn(wanted)) {
        return known;
      }
    }
    return null;
  }

  private static Shared make(CallContext context) {
    Asked asked = new Asked();
    CallContext.enter(context.ofSharedBus(asked));
    try {
      return new Shared(HookBus.fromEnvironment(), asked);
    } finally {
      CallContext.enter(context);
    }
  }

  /** Those that are one too many now. */
  private synchronized List<HookBus> released(Shared released) {
    released.users--;
    List<HookBus> superfluous = new ArrayList<>();
    for (int i = buses.size() - 1; i >= 0 && buses.size() > MOST; i--) {
      if (buses.get(i).users == 0) {
        superfluous.add(buses.remove(i).bus);
      }
    }
    return superfluous;
  }

  /** Closes those that nobody uses. */
  void close() {
    List<HookBus> idle = new ArrayList<>();
    synchronized (this) {
      for (Shared shared : buses) {
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
