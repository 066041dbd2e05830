package dev.hookbus.resident;

import dev.hookbus.config.HookBusConfig;
import dev.hookbus.launch.LaunchedCommand;
import dev.hookbus.safety.Attempt;
import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The process itself: one for each user and version of the library, started by a command that found
 * none, ended when nobody has called for some time. Delivers events while it lives.
 */
final class ResidentProcess {

  /** Threads that handlers have left behind; more would be a leak. */
  private static final int MOST_LEFT_THREADS = 64;

  /** What open calls get when this process is told to end. */
  static final Duration FAREWELL = Duration.ofSeconds(1);

  private static final Duration PATIENCE_WITH_ITSELF = Duration.ofSeconds(30);

  private final RunDirectory directory;
  private final String id;
  private final VersionLock lock;
  private final Duration idle;
  private final ServerSocketChannel server;
  private final ThreadGroup workers = new ThreadGroup("hookbus-calls");
  private final Map<String, Call> open = new ConcurrentHashMap<>();
  private final Map<Path, LaunchedCommand> commands = new ConcurrentHashMap<>();
  private final Programs programs = new Programs();
  private final Buses buses = new Buses();
  private final Occupant self;
  private long calls;
  private long lastCallNanos = System.nanoTime();
  private boolean retired;

  private ResidentProcess(RunDirectory directory, String id, VersionLock lock, Duration idle)
      throws IOException {
    this.directory = directory;
    this.id = id;
    this.self = new Occupant(id, ProcessIdentity.ofThis(), Instant.now(), programs.library());
    this.lock = lock;
    this.idle = idle;
    this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
  }

  /**
   * Serves until it is idle.
   *
   * @param arguments the run directory, the version's ID, and for how many seconds nobody may call
   */
  public static void main(String[] arguments) throws IOException {
    RunDirectory directory = RunDirectory.at(Path.of(arguments[0]));
    String id = arguments[1];
    try (VersionLock lock = directory.lock(id)) {
      if (lock != null) {
        Duration idle = Duration.ofSeconds(Long.parseLong(arguments[2]));
        new ResidentProcess(directory, id, lock, idle).serve();
      }
    } finally {
      Files.deleteIfExists(directory.starting(id));
    }
    // Handlers may have left threads that would go on.
    Runtime.getRuntime().halt(0);
  }

  private void serve() throws IOException {
    lock.sign(self);
    HookBusConfig.inSurroundings(CallContext.OfCurrentCall.INSTANCE);
    PrintStream ofCalls = CallOutput.ofCurrentCall();
    System.setOut(ofCalls);
    System.setErr(ofCalls);
    Runtime.getRuntime().addShutdownHook(new Thread(this::sayFarewell, "hookbus-farewell"));
    listen();
    // Nobody waits for it, and what can't be removed can stay.
    Throwable ignored = Attempt.run(() -> directory.prune(id));
    Thread watch = new Thread(this::watchIdleness, "hookbus-idle");
    watch.setDaemon(true);
    watch.start();
    try {
      while (true) {
        new Connection(server.accept(), this).start();
      }
    } catch (ClosedChannelException retirement) {
      awaitEndOfCalls(Long.MAX_VALUE);
    }
    buses.close();
    Files.deleteIfExists(ending());
  }

  /** A socket that is found can be spoken to; one that was left behind is replaced. */
  private void listen() throws IOException {
    Path socket = socket();
    Path aside = socket.resolveSibling(id + ".opening");
    Files.deleteIfExists(aside);
    server.bind(UnixDomainSocketAddress.of(aside));
    Thread first = new Thread(this::acceptOne, "hookbus-first");
    first.start();
    // The first request loads classes, for which no client should wait.
    String ignored = Resident.ask(aside, "status", PATIENCE_WITH_ITSELF);
    synchronized (this) {
      // Once this one has given up its right, another may listen there.
      if (!retired) {
        Files.move(aside, socket, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    Files.deleteIfExists(directory.starting(id));
  }

  private void acceptOne() {
    try {
      new Connection(server.accept(), this).start();
    } catch (IOException e) {
      // Then the one who asks hears of it.
    }
  }

  /**
   * Takes no more calls, and ends when those that are open are over. However long they take, the
   * next call may start the next process.
   */
  void retire() throws IOException {
    synchronized (this) {
      if (retired) {
        return;
      }
      retired = true;
    }
    try {
      Files.deleteIfExists(socket());
      Files.writeString(ending(), self.toJson());
    } finally {
      lock.close();
      closeWhenOver();
    }
  }

  private Path ending() {
    return directory.ending(id, self.process());
  }

  /** Until then clients may come for the answers of open calls. */
  private synchronized void closeWhenOver() throws IOException {
    if (retired && open.isEmpty()) {
      server.close();
    }
  }

  private void watchIdleness() {
    try {
      awaitIdleness();
      retire();
    } catch (IOException | InterruptedException e) {
      // Then it stays.
    }
  }

  private synchronized void awaitIdleness() throws InterruptedException {
    long left = idle.toNanos();
    while (left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = idle.toNanos() - (System.nanoTime() - lastCallNanos);
    }
  }

  private synchronized boolean awaitEndOfCalls(long nanos) {
    long start = System.nanoTime();
    while (!open.isEmpty()) {
      long left = nanos - (System.nanoTime() - start);
      if (left <= 0) {
        return false;
      }
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } catch (InterruptedException e) {
        return false;
      }
    }
    return true;
  }

  /**
   * Ends in order. A call whose handler has called System.exit is answered; others may end, and are
   * run by their clients if they don't.
   */
  private void sayFarewell() {
    try {
      retire();
    } catch (IOException e) {
      // The next process replaces the socket.
    }
    for (Call call : open.values()) {
      if (call.isExiting()) {
        call.terminate();
      }
    }
    boolean ignored = awaitEndOfCalls(FAREWELL.toNanos());
    try {
      Files.deleteIfExists(ending());
    } catch (IOException e) {
      // The next process removes it.
    }
  }

  Path directory() {
    return directory.path();
  }

  Path socket() {
    return directory.socket(id);
  }

  Programs programs() {
    return programs;
  }

  Buses buses() {
    return buses;
  }

  ThreadGroup workers() {
    return workers;
  }

  /** A command's file never changes: another command has another file. */
  LaunchedCommand command(Path file) throws IOException {
    LaunchedCommand known = commands.get(file);
    if (known == null) {
      known = LaunchedCommand.read(file);
      commands.put(file, known);
    }
    return known;
  }

  /**
   * Notes an open call.
   *
   * @throws IOException if this process takes no more
   */
  synchronized void begin(String call, Call served) throws IOException {
    if (retired) {
      throw new IOException("this process takes no more calls");
    }
    open.put(call, served);
    calls++;
    lastCallNanos = System.nanoTime();
  }

  void end(String call) throws IOException {
    synchronized (this) {
      open.remove(call);
      lastCallNanos = System.nanoTime();
      notifyAll();
    }
    closeWhenOver();
    if (workers.activeCount() > MOST_LEFT_THREADS && leftThreads() > MOST_LEFT_THREADS) {
      retire();
    }
  }

  /** Threads of handlers that go on; those of the library belong to buses that stay open. */
  private int leftThreads() {
    Thread[] threads = new Thread[2 * workers.activeCount()];
    int left = 0;
    for (int i = workers.enumerate(threads) - 1; i >= 0; i--) {
      left += threads[i].getName().startsWith("hookbus-") ? 0 : 1;
    }
    return left;
  }

  /**
   * An open call.
   *
   * @throws IOException if it is over
   */
  Call call(String call) throws IOException {
    Call served = open.get(call);
    if (served == null) {
      throw new IOException("there is no such call");
    }
    return served;
  }

  synchronized String status() {
    return self.begun().field("calls", calls).field("open", open.size()).endObject().finish();
  }
}
