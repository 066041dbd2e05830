package dev.hookbus.host;

import dev.hookbus.HookBus;
import dev.hookbus.safety.Attempt;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The process around a run: its streams, its time, its end. The answer is written once, by whoever
 * comes first: the run itself, the timer when the deadline has passed, or the shutdown hook when
 * somebody ends the process. Whatever is needed for that is made beforehand, because it may be
 * memory that has run out.
 *
 * <p>The one class that touches the process's streams and ends it.
 */
final class HookProcess implements HookRun.Supervisor {

  /** How long an interrupted run may take to record its failure and answer by itself. */
  private static final Duration GRACE = Duration.ofMillis(300);

  /** Of the 1.47 seconds that hosts leave between asking and killing. */
  private static final Duration GRACE_AT_SHUTDOWN = Duration.ofMillis(500);

  private static final long NANOS_PER_MILLI = 1_000_000;

  /** The streams as the host has opened them; what handlers print goes elsewhere. */
  private final FileOutputStream stdout = new FileOutputStream(FileDescriptor.out);

  private final FileOutputStream stderr = new FileOutputStream(FileDescriptor.err);
  private final Thread main = Thread.currentThread();
  private final AtomicBoolean leaving = new AtomicBoolean();
  private final long started = System.nanoTime();
  private final HookSettings settings;
  private long deadline;
  private volatile boolean timedOut;
  private volatile int exitCode;
  private volatile Exit fallback;

  /** An answer as bytes. */
  @SuppressWarnings("ArrayRecordComponent") // written once, never compared
  private record Exit(byte[] stdout, byte[] stderr, int code) {

    static Exit of(HookOutput output) {
      return new Exit(line(output.document()), line(output.message()), output.exitCode());
    }

    private static byte[] line(String text) {
      return text.isEmpty() ? new byte[0] : (text + "\n").getBytes(StandardCharsets.UTF_8);
    }
  }

  private HookProcess(HookSettings settings) {
    this.settings = settings;
    this.deadline = settings.deadlineOf("").toMillis();
    this.fallback = Exit.of(settings.failure("", "", "got no event to the end"));
  }

  /** Runs the hook; does not return. */
  static void run(HookSettings settings, HookHandler handler) {
    // What JDBC loads and computes first takes longer than everything else here,
    preset("hookbus.sqlite", "native");
    // and so does making code for methods that are called by reflection a few times.
    preset("jdk.reflect.useNativeAccessorOnly", "true");
    HookProcess process = new HookProcess(settings);
    System.setOut(System.err);
    Runtime.getRuntime().addShutdownHook(process.new Farewell());
    process.new Timer().start();
    HookRun run =
        new HookRun(
            settings,
            handler,
            new FileInputStream(FileDescriptor.in),
            process,
            System.getenv("CLAUDE_PID"));
    Attempt<Exit> exit = Attempt.capture(new Answering(run));
    process.leave(exit.error() == null ? exit.value() : process.fallback);
  }

  private static void preset(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
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
  public void understood(String event, String hostEvent) {
    fallback = Exit.of(settings.failure(event, hostEvent, "did not come to an end"));
    synchronized (this) {
      deadline = settings.deadlineOf(event).toMillis();
      notifyAll();
    }
  }

  @Override
  public void decided(HookOutput output, HookBus bus) {
    fallback = Exit.of(output);
    bus.close();
  }

  @Override
  public boolean timedOut() {
    return timedOut;
  }

  /** Answers and ends the process, unless somebody else is doing so. */
  private void leave(Exit exit) {
    if (leaving.compareAndSet(false, true)) {
      exitCode = exit.code;
      try {
        stdout.write(exit.stdout);
        stderr.write(exit.stderr);
      } catch (IOException e) {
        // Nobody reads it; the exit code is all that is left to say.
      } finally {
        Runtime.getRuntime().halt(exit.code);
      }
    }
    pause(GRACE);
    // Still here: the host does not read what the other thread writes.
    Runtime.getRuntime().halt(exitCode);
  }

  private static void pause(Duration time) {
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
      awaitDeadline();
      timedOut = true;
      main.interrupt();
      pause(GRACE);
      leave(fallback);
    }

    private void awaitDeadline() {
      synchronized (HookProcess.this) {
        while (true) {
          long left = deadline - (System.nanoTime() - started) / NANOS_PER_MILLI;
          if (left <= 0) {
            return;
          }
          try {
            HookProcess.this.wait(left);
          } catch (InterruptedException e) {
            // Nobody has a reason to; go on waiting.
          }
        }
      }
    }
  }

  /** Answers when the process is told to end, by the host or by the handler's own System.exit. */
  private final class Farewell extends Thread {

    Farewell() {
      super("hookbus-farewell");
    }

    @Override
    public void run() {
      if (!isExiting(main)) {
        pause(GRACE_AT_SHUTDOWN);
        main.interrupt();
        pause(GRACE_AT_SHUTDOWN);
      }
      leave(fallback);
    }

    /** A thread that has called System.exit waits for this one, and will not answer any more. */
    private static boolean isExiting(Thread thread) {
      for (StackTraceElement frame : thread.getStackTrace()) {
        if (frame.getClassName().equals("java.lang.Runtime")
            && frame.getMethodName().equals("exit")) {
          return true;
        }
      }
      return false;
    }
  }
}
