package dev.hookbus.examples.claude;

import dev.hookbus.host.HookAnswer;
import dev.hookbus.host.PostToolUse;
import dev.hookbus.host.PostToolUseAnswer;
import dev.hookbus.host.PreToolUse;
import dev.hookbus.host.PreToolUseAnswer;
import dev.hookbus.host.StopAnswer;
import dev.hookbus.host.ToolEvent;
import dev.hookbus.host.ToolInput;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** One shell command the model asks for, what the hook does about it, and what must come of it. */
enum Trial {
  SILENT("is silent", Run.ALWAYS, "SILENT has run"),
  DENIES("denies", Run.NEVER, "no force pushes") {
    @Override
    HookAnswer before(PreToolUse call) {
      return PreToolUseAnswer.deny("no force pushes");
    }
  },
  ASKS("asks, and nobody is there", Run.NEVER, "is this meant?") {
    @Override
    HookAnswer before(PreToolUse call) {
      return PreToolUseAnswer.ask("is this meant?");
    }
  },
  REWRITES("gives another command", Run.ALWAYS, "REWRITTEN has run") {
    @Override
    HookAnswer before(PreToolUse call) {
      String other = "touch " + name() + "; printf '%s has run' REWRITTEN";
      return PreToolUseAnswer.allow().updatedInput(call.input().json().with("command", other));
    }
  },
  ADDS_CONTEXT("adds context before the tool", Run.ALWAYS, "context from before") {
    @Override
    HookAnswer before(PreToolUse call) {
      return PreToolUseAnswer.context("context from before");
    }
  },
  ADDS_CONTEXT_AFTER("adds context after the tool", Run.ALWAYS, "context from after") {
    @Override
    HookAnswer after(PostToolUse call) {
      return PostToolUseAnswer.context("context from after");
    }
  },
  BLOCKS_AFTER("blocks after the tool", Run.ALWAYS, "the result is not good") {
    @Override
    HookAnswer after(PostToolUse call) {
      return PostToolUseAnswer.block("the result is not good");
    }
  },
  PRINTS("prints to System.out", Run.ALWAYS, "PRINTS has run") {
    @Override
    HookAnswer before(PreToolUse call) {
      System.out.println("{\"debug\": ");
      return HookAnswer.none();
    }
  },
  PRINTS_AND_DENIES("prints to System.out and denies", Run.NEVER, "no, in spite of the noise") {
    @Override
    HookAnswer before(PreToolUse call) {
      System.out.println("debugging");
      return PreToolUseAnswer.deny("no, in spite of the noise");
    }
  },
  LEAVES_A_THREAD("denies and leaves a thread", Run.NEVER, "no, and a thread is left") {
    @Override
    HookAnswer before(PreToolUse call) {
      new Thread(LockSupport::park).start();
      return PreToolUseAnswer.deny("no, and a thread is left");
    }
  },
  THROWS("throws", Run.IF_OPEN, "") {
    @Override
    HookAnswer before(PreToolUse call) {
      throw new IllegalStateException("broken");
    }
  },
  RETURNS_NULL("returns null", Run.IF_OPEN, "") {
    @Override
    @SuppressWarnings("NullAway") // that is the trial
    HookAnswer before(PreToolUse call) {
      return null;
    }
  },
  ANSWERS_ANOTHER_EVENT("gives an answer to another event", Run.IF_OPEN, "") {
    @Override
    HookAnswer before(PreToolUse call) {
      return StopAnswer.block("this is no stop");
    }
  },
  OVERFLOWS("overflows the stack", Run.IF_OPEN, "") {
    @Override
    HookAnswer before(PreToolUse call) {
      return deeper(call, 1);
    }

    private HookAnswer deeper(PreToolUse call, int depth) {
      return depth == 0 ? HookAnswer.none() : deeper(call, depth + 1);
    }
  },
  RUNS_OUT_OF_MEMORY("runs out of memory", Run.IF_OPEN, "") {
    @Override
    HookAnswer before(PreToolUse call) {
      List<long[]> all = new ArrayList<>();
      while (all.size() < Integer.MAX_VALUE) {
        all.add(new long[Integer.MAX_VALUE - 8]);
      }
      return HookAnswer.none();
    }
  },
  EXITS("calls System.exit(0)", Run.IF_OPEN, "") {
    @Override
    HookAnswer before(PreToolUse call) {
      System.exit(0);
      return HookAnswer.none();
    }
  },
  HANGS("hangs", Run.IF_OPEN, "") {
    @Override
    HookAnswer before(PreToolUse call) throws InterruptedException {
      new CountDownLatch(1).await();
      return HookAnswer.none();
    }
  },
  IGNORES_INTERRUPTS("hangs and ignores interrupts", Run.IF_OPEN, "") {
    @Override
    HookAnswer before(PreToolUse call) {
      while (true) {
        LockSupport.parkNanos(1_000_000);
      }
    }
  };

  /** When the tool must run. */
  enum Run {
    ALWAYS,
    NEVER,
    IF_OPEN
  }

  private final String what;
  private final Run run;
  private final String told;

  Trial(String what, Run run, String told) {
    this.what = what;
    this.run = run;
    this.told = told;
  }

  /** The trial a tool call belongs to; {@link #SILENT} if to none. */
  static Trial of(ToolEvent call) {
    if (call.input() instanceof ToolInput.Bash bash) {
      for (Trial trial : values()) {
        if (bash.command().startsWith(trial.command())) {
          return trial;
        }
      }
    }
    return SILENT;
  }

  /** What the hook answers before the tool runs. */
  HookAnswer before(PreToolUse call) throws Exception {
    return HookAnswer.none();
  }

  /** What the hook answers after it. */
  HookAnswer after(PostToolUse call) throws Exception {
    return HookAnswer.none();
  }

  /** What the model asks for; it leaves a file of the trial's name. */
  String command() {
    return "touch " + name() + "; printf '%s has run' " + name();
  }

  /** What the hook does, in words. */
  String what() {
    return what;
  }

  boolean mustRun(boolean failClosed) {
    return run == Run.ALWAYS || (run == Run.IF_OPEN && !failClosed);
  }

  /** What the model must have been told in the end. */
  String told(boolean failClosed) {
    if (run != Run.IF_OPEN) {
      return told;
    }
    return failClosed ? "what it can't check is denied" : name() + " has run";
  }
}
