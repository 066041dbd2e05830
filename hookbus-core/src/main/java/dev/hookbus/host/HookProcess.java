package dev.hookbus.host;

import dev.hookbus.HookBus;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The process around a run: its streams and its end. The one class that touches the process's
 * streams and ends it.
 */
final class HookProcess extends Supervision {

  /** The streams as the host has opened them; what handlers print goes elsewhere. */
  private final FileOutputStream stdout = new FileOutputStream(FileDescriptor.out);

  private final FileOutputStream stderr = new FileOutputStream(FileDescriptor.err);
  private final AtomicBoolean leaving = new AtomicBoolean();
  private final @Nullable String retryToken = System.getProperty("hookbus.retry");
  private volatile int exitCode;

  private HookProcess(HookSettings settings) {
    super(settings);
  }

  /** The call that a thread is about, in a process that serves many; {@code null} in others. */
  private static volatile @Nullable ThreadLocal<@Nullable ResidentCall> calls;

  /** Makes this a process that serves many calls. */
  static void serveCalls(ThreadLocal<@Nullable ResidentCall> current) {
    calls = current;
  }

  /** Runs the hook; does not return. */
  static void run(HookSettings settings, HookHandler handler) {
    ThreadLocal<@Nullable ResidentCall> served = calls;
    ResidentCall call = served == null ? null : served.get();
    if (call == null) {
      runAlone(settings, handler);
    } else {
      call.handle(settings, handler);
    }
  }

  private static void runAlone(HookSettings settings, HookHandler handler) {
    // What JDBC loads and computes first takes longer than everything else here,
    preset("hookbus.sqlite", "native");
    // and so does making code for methods that are called by reflection a few times.
    preset("jdk.reflect.useNativeAccessorOnly", "true");
    HookProcess process = new HookProcess(settings);
    System.setOut(System.err);
    Runtime.getRuntime().addShutdownHook(process.new Farewell());
    process.supervise(
        new HookRun(
            settings,
            handler,
            new FileInputStream(FileDescriptor.in),
            process,
            System.getenv("CLAUDE_PID"),
            process.retryToken));
  }

  private static void preset(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  @Override
  public void decided(HookOutput output, HookBus bus) {
    super.decided(output, bus);
    bus.close();
  }

  @Override
  public boolean triesAgain() {
    return retryToken != null;
  }

  /** Answers and ends the process, unless somebody else is doing so. */
  @Override
  void leave(Exit exit) {
    if (leaving.compareAndSet(false, true)) {
      exitCode = exit.code();
      try {
        stdout.write(exit.stdout());
        stderr.write(exit.stderr());
      } catch (IOException e) {
        // Nobody reads it; the exit code is all that is left to say.
      } finally {
        Runtime.getRuntime().halt(exit.code());
      }
    }
    pause(GRACE);
    // Still here: the host does not read what the other thread writes.
    Runtime.getRuntime().halt(exitCode);
  }

  /** Answers when the process is told to end, by the host or by the handler's own System.exit. */
  private final class Farewell extends Thread {

    Farewell() {
      super("hookbus-farewell");
    }

    @Override
    public void run() {
      terminate();
    }
  }
}
