package dev.hookbus.store;

import dev.hookbus.idempotency.Claim;
import dev.hookbus.idempotency.ClaimRequest;
import dev.hookbus.idempotency.Settlement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Keys, log and statistics on a server that many machines share; the outbox, and records the server
 * has not taken yet, in the machine's own file.
 *
 * <p>A call with an event commits event and record to the file first, then sends the record to the
 * server, then removes it from the file. Killed in between, it leaves the record to be forwarded by
 * whoever comes next; the server knows by its ID whether it has it. A call without an event writes
 * to the file only what the server does not take.
 */
final class SharedStore implements Store {

  private static final int LOCAL_SHARE = 5;

  private final Connections local;
  private final Connections server;
  private final DedupeKeys keys;
  private final PostgresCalls calls;
  private final OutboxRows outboxRows;
  private final Outbox outbox;
  private final Forwarder forwarder;
  private final StoreAdmin admin;
  private final Consumer<StoreException> onAway;
  private volatile boolean reachable;

  SharedStore(
      PostgresSettings settings,
      SqliteSettings localSettings,
      OutboxLimits limits,
      Consumer<StoreException> onAway,
      LongConsumer onDropped) {
    PostgresDatabase database = new PostgresDatabase(settings);
    this.local = new SingleConnection(new SqliteDatabase(localSettings));
    this.server =
        settings.poolSize() > 1
            ? new PooledConnections(database, database, settings.poolSize())
            : new SingleConnection(database);
    this.keys = new DedupeKeys(settings.clockOffsetMillis());
    this.calls = new PostgresCalls(settings.clockOffsetMillis());
    this.outboxRows = new OutboxRows(localSettings.clockOffsetMillis());
    this.outbox =
        new SqlOutbox(
            local, outboxRows, new EventFeed(outboxRows), localSettings.clockOffsetMillis());
    this.forwarder = new Forwarder(local, server, calls, localSettings.file());
    this.admin =
        new SharedStoreAdmin(
            new SqlStoreAdmin(
                database,
                server,
                keys,
                new HookLogs(),
                null,
                settings.clockOffsetMillis(),
                () -> {}),
            local,
            forwarder,
            settings.clockOffsetMillis(),
            limits,
            onDropped);
    this.onAway = onAway;
  }

  @Override
  public Claim claim(ClaimRequest request, Budget budget) throws StoreException {
    long owner = DedupeKeys.owner(request);
    return ask(budget, session -> calls.claim(session, request, owner));
  }

  @Override
  public boolean settle(Settlement settlement, Budget budget) throws StoreException {
    return ask(budget, session -> keys.settle(session, settlement));
  }

  @Override
  public boolean settleAndRecord(Settlement settlement, Execution execution, Budget budget)
      throws StoreException {
    return record(Recorded.of(execution, settlement), budget);
  }

  @Override
  public void record(List<Execution> executions, Budget budget) throws StoreException {
    if (executions.isEmpty()) {
      return;
    }
    if (executions.size() == 1) {
      record(Recorded.of(executions.get(0), null), budget);
      return;
    }
    List<Recorded> records = new ArrayList<>(executions.size());
    for (Execution execution : executions) {
      records.add(Recorded.of(execution, null));
    }
    long entered = System.nanoTime();
    boolean unused =
        record(
            records,
            session -> {
              calls.record(session, records, entered);
              return true;
            },
            entered,
            budget);
  }

  private boolean record(Recorded recorded, Budget budget) throws StoreException {
    long entered = System.nanoTime();
    return record(
        List.of(recorded), session -> calls.record(session, recorded, entered), entered, budget);
  }

  private boolean record(
      List<Recorded> records, Session.Work<Boolean> send, long enteredNanos, Budget budget)
      throws StoreException {
    boolean telling = anyTold(records);
    long @Nullable [] kept = null;
    StoreException localFailure = null;
    if (telling) {
      try {
        kept = keep(records, true, enteredNanos, budget);
      } catch (StoreException e) {
        // The events are lost, and that is said; keys and log need not be lost with them.
        localFailure = e;
      }
    }
    boolean held = true;
    try {
      held = ask(budget, send);
    } catch (StoreException e) {
      if (localFailure != null) {
        throw localFailure;
      }
      if (kept == null) {
        keep(records, false, enteredNanos, budget);
      }
      waiting(e);
      return true;
    }
    if (localFailure != null) {
      throw localFailure;
    }
    if (kept != null) {
      forget(records, kept, budget);
    }
    return held;
  }

  private static boolean anyTold(List<Recorded> records) {
    for (Recorded recorded : records) {
      if (recorded.execution().announcement() != null) {
        return true;
      }
    }
    return false;
  }

  private void waiting(StoreException away) {
    forwarder.waiting();
    onAway.accept(away);
  }

  /** Commits records, and their events if they are to be told, to the machine's file. */
  private long[] keep(List<Recorded> records, boolean telling, long enteredNanos, Budget budget)
      throws StoreException {
    return local.with(
        budget,
        session ->
            session.inTransaction(
                locked -> {
                  long[] kept = new long[records.size()];
                  for (int i = 0; i < kept.length; i++) {
                    Recorded recorded = records.get(i);
                    kept[i] = WaitingRecords.insert(locked, recorded, enteredNanos);
                    Announcement announcement = recorded.execution().announcement();
                    if (telling && announcement != null) {
                      outboxRows.insert(
                          locked, AnnouncedCall.of(recorded.execution(), announcement).toEvent());
                    }
                  }
                  return kept;
                }));
  }

  /** What can't be removed now is sent a second time, and changes nothing there. */
  private void forget(List<Recorded> records, long[] kept, Budget budget) {
    try {
      local.with(
          budget,
          session ->
              session.inTransaction(
                  locked -> {
                    for (int i = 0; i < kept.length; i++) {
                      WaitingRecords.delete(locked, kept[i], records.get(i).id());
                    }
                    return true;
                  }));
    } catch (StoreException busy) {
      forwarder.waiting();
    }
  }

  /** Asks the server, leaving some of the budget for the file. */
  private <T> T ask(Budget budget, Session.Work<T> work) throws StoreException {
    Budget share = Budget.ofNanos(budget.leftNanos() - budget.leftNanos() / LOCAL_SHARE);
    long before = share.leftNanos();
    try {
      T answer = server.with(share, work);
      reachable = true;
      forwarder.answered();
      return answer;
    } catch (StoreException e) {
      reachable = false;
      throw e;
    } finally {
      budget.spend(before - share.leftNanos());
    }
  }

  /** Forwards what waits. */
  @Override
  public long flush(Budget budget) {
    try {
      forwarder.forward(budget);
      return 0;
    } catch (StoreException away) {
      return waitingOrOne();
    }
  }

  private long waitingOrOne() {
    try {
      return Math.max(1, admin.waiting().records());
    } catch (StoreException unreadable) {
      return 1;
    }
  }

  @Override
  public Outbox outbox() {
    return outbox;
  }

  @Override
  public StoreAdmin admin() {
    return admin;
  }

  @Override
  public void close() {
    forwarder.close(reachable);
    server.close();
    local.close();
  }
}
