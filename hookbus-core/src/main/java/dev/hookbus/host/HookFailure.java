package dev.hookbus.host;

import org.jspecify.annotations.Nullable;

/** Why a hook has no answer, in words that hold nothing of the input. */
final class HookFailure extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  HookFailure(String message) {
    super(message);
  }

  /** Callers without a null checker return what they like. */
  static HookAnswer unlessNull(@Nullable HookAnswer answer) {
    if (answer == null) {
      throw new HookFailure("the handler returned null");
    }
    return answer;
  }
}
