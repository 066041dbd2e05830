package dev.hookbus.host;

import dev.hookbus.HookBus;
import dev.hookbus.safety.Attempt;
import java.io.ByteArrayInputStream;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One call of a hook in a process that serves many: its main method is run on a thread, and what
 * {@link HookMain#run} would do with a process of its own it does with this call. For the resident
 * process; hooks need not know of it.
 */
public final class ResidentCall {

  /** Whoever waits for the answer. */
  public interface Client {

    /** The bus of the caller's environment; it stays open. */
    HookBus bus();

    /**
     * Learns what the answer is if this process itself should hang; called before the handler, and
     * again if more is known.
     *
     * @param withinMillis the time in which {@link #answer} is called otherwise
     */
    void promise(byte[] stdout, byte[] stderr, int exitCode, long withinMillis);

    /**
     * Takes the answer; called once at the most, possibly while the handler still runs.
     *
     * @param stdout what belongs on the standard output
     * @param stderr what belongs on the error output, after what the handler has printed
     * @param exitCode the exit code
     */
    void answer(byte[] stdout, byte[] stderr, int exitCode);
  }

  private static final InheritableThreadLocal<@Nullable ResidentCall> CURRENT =
      new InheritableThreadLocal<>();

  private final byte[] stdin;
  private final @Nullable String processMarker;
  private final String retryToken;
  private final Client client;
  private final AtomicBoolean answered = new AtomicBoolean();
  private volatile @Nullable Supervision supervision;
  private volatile @Nullable Throwable failure;

  /**
   * A call.
   *
   * @param stdin what the host said
   * @param processMarker tells a resumed session from the one before; {@code null} if unknown
   * @param retryToken the token with which the client would try the call again
   */
  public ResidentCall(
      byte[] stdin, @Nullable String processMarker, String retryToken, Client client) {
    this.stdin = stdin;
    this.processMarker = processMarker;
    this.retryToken = retryToken;
    this.client = client;
  }

  /**
   * Runs a main method on this thread, which ends when the method does, or when it is answered. No
   * answer is given if the method does not call {@link HookMain#run}.
   */
  public void run(Callable<?> main) {
    HookProcess.serveCalls(CURRENT);
    CURRENT.set(this);
    Throwable thrown = Attempt.capture(main).error();
    CURRENT.remove();
    if (thrown != null && !(thrown instanceof Answered)) {
      failure = thrown;
    }
  }

  /** What the handler or the main method threw, or {@code null}. */
  public @Nullable Throwable failure() {
    return failure;
  }

  /** Whether the handler has called {@code System.exit}. */
  public boolean isExiting() {
    Supervision running = supervision;
    return running != null && running.isExiting();
  }

  /**
   * Answers for a handler that was asked to end; gives it a second to do so itself, unless it has
   * called {@code System.exit}.
   */
  public void terminate() {
    Supervision running = supervision;
    if (running != null) {
      running.terminate();
    }
  }

  /** Does what a process of its own would. Does not return, as that does not. */
  void handle(HookSettings settings, HookHandler handler) {
    HookBus given = settings.bus();
    InCall inCall = new InCall(settings, given);
    supervision = inCall;
    HookRun run =
        new HookRun(
            given == null ? settings.withBus(client.bus()) : settings,
            handler,
            new ByteArrayInputStream(stdin),
            inCall,
            processMarker,
            retryToken);
    inCall.supervise(run);
    failure = run.failure();
    throw new Answered();
  }

  private final class InCall extends Supervision {

    private final @Nullable HookBus ownBus;

    InCall(HookSettings settings, @Nullable HookBus ownBus) {
      super(settings);
      this.ownBus = ownBus;
    }

    @Override
    public void decided(HookOutput output, HookBus bus) {
      super.decided(output, bus);
      if (ownBus != null) {
        ownBus.close();
      }
    }

    @Override
    void promise(Exit promised, long withinMillis) {
      client.promise(promised.stdout(), promised.stderr(), promised.code(), withinMillis);
    }

    @Override
    public boolean triesAgain() {
      return false;
    }

    @Override
    void leave(Exit exit) {
      if (answered.compareAndSet(false, true)) {
        client.answer(exit.stdout(), exit.stderr(), exit.code());
      }
    }
  }

  /** Takes a main method back to where it was called from. */
  private static final class Answered extends Error {
    private static final long serialVersionUID = 1L;

    Answered() {
      super("the hook has answered", null, false, false);
    }
  }
}
