package dev.hookbus.host;

import dev.hookbus.HookBus;
import dev.hookbus.safety.Attempt;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * Sees to it that a run is answered in time. Who comes first answers: the run itself, the timer
 * when the deadline has passed, or whoever ends the process. Whatever is needed for that is made
 * beforehand, because it may be memory that has run out.
 */
abstract class Supervision implements HookRun.Supervisor {

  /** How long an interrupted run may take to record its failure and answer by itself. */
  static final Duration GRACE = Duration.ofMillis(300);

  /** Of the 1.47 seconds that hosts leave between asking and killing. */
  private static final Duration GRACE_AT_SHUTDOWN = Duration.ofMillis(500);

  /** A tenth of its time is what an answer may be late where others compute. */
  private static final long SHARE_OF_A_BUSY_MACHINE = 10;

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final HookSettings settings;
  private final Thread runner = Thread.currentThread();
  private final long started = System.nanoTime();
  private long deadline;
  private boolean over;
  private volatile boolean timedOut;
  private volatile Exit fallback;

  /** An answer as bytes. */
  @SuppressWarnings("ArrayRecordComponent") // written once, never compared
  record Exit(byte[] stdout, byte[] stderr, int code) {

    static Exit of(HookOutput output) {
      return new Exit(line(output.document()), line(output.message()), output.exitCode());
    }

    private static byte[] line(String text) {
      return text.isEmpty() ? new byte[0] : (text + "\n").getBytes(StandardCharsets.UTF_8);
    }
  }

  /** Supervises what this thread will run. */
  Supervision(HookSettings settings) {
    this.settings = settings;
    this.deadline = settings.deadlineOf("").toMillis();
    this.fallback = Exit.of(settings.failure("", "", "got no event to the end"));
  }

  /** Answers, unless somebody else has done so. */
  abstract void leave(Exit exit);

  /** Runs it on this thread. */
  final void supervise(HookRun run) {
    new Timer().start();
    Attempt<Exit> exit = Attempt.capture(new Answering(run));
    // The timer goes on meanwhile: a host may not read what is written.
    leave(exit.error() == null ? exit.value() : fallback);
    synchronized (this) {
      over = true;
      notifyAll();
    }
  }

  /** A lambda would cost more than a class at a process's start. */
  private record Answering(HookRun run) implements Callable<Exit> {

    @Override
    public Exit call() {
      return Exit.of(run.run());
    }
  }

  @Override
  public final void understood(String event, String hostEvent) {
    long allowed = settings.deadlineOf(event).toMillis();
    Exit promised =
        Exit.of(
            settings.failure(
                event, hostEvent, "did not come to an end, for which it has " + allowed + " ms"));
    fallback = promised;
    synchronized (this) {
      deadline = allowed;
      notifyAll();
    }
    promise(promised, allowed + GRACE.toMillis() + allowed / SHARE_OF_A_BUSY_MACHINE);
  }

  /**
   * Told what will be answered if nothing else comes to an end, not even this process.
   *
   * @param withinMillis in which it is surely said here
   */
  void promise(Exit promised, long withinMillis) {}

  @Override
  public void decided(HookOutput output, HookBus bus) {
    fallback = Exit.of(output);
  }

  @Override
  public final boolean timedOut() {
    return timedOut;
  }

  /** Answers when the host asks for the end, or when the handler has called System.exit. */
  final void terminate() {
    if (!isExiting()) {
      pause(GRACE_AT_SHUTDOWN);
      runner.interrupt();
      pause(GRACE_AT_SHUTDOWN);
    }
    leave(fallback);
  }

  /** A thread that has called System.exit waits for its end, and will not answer any more. */
  final boolean isExiting() {
    for (StackTraceElement frame : runner.getStackTrace()) {
      if (frame.getClassName().equals("java.lang.Runtime")
          && frame.getMethodName().equals("exit")) {
        return true;
      }
    }
    return false;
  }

  static void pause(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toMillis();
        left > 0;
        left = (end - System.nanoTime()) / NANOS_PER_MILLI) {
      try {
        Thread.sleep(left);
      } catch (InterruptedException e) {
        // An interrupt was meant for the handler.
      }
    }
  }

  /** Interrupts a run that takes too long, and answers for one that does not listen. */
  private final class Timer extends Thread {

    Timer() {
      super("hookbus-deadline");
      setDaemon(true);
    }

    @Override
    public void run() {
      if (awaitDeadline()) {
        timedOut = true;
        runner.interrupt();
        pause(GRACE);
        leave(fallback);
      }
    }

    /** Whether it has passed, and the run is not over. */
    private boolean awaitDeadline() {
      synchronized (Supervision.this) {
        while (!over) {
          long left = deadline - (System.nanoTime() - started) / NANOS_PER_MILLI;
          if (left <= 0) {
            return true;
          }
          try {
            Supervision.this.wait(left);
          } catch (InterruptedException e) {
            // Nobody has a reason to; go on waiting.
          }
        }
        return false;
      }
    }
  }
}
