package dev.hookbus.host;

import dev.hookbus.json.JsonValue;

/** What the user would have said, had they been asked. */
public final class PermissionRequestAnswer extends TypedAnswer<PermissionRequestAnswer> {

  private static final PermissionRequestAnswer NONE = new PermissionRequestAnswer(Reply.NONE);

  private PermissionRequestAnswer(Reply reply) {
    super(reply);
  }

  /** No answer: the user is asked. */
  public static PermissionRequestAnswer none() {
    return NONE;
  }

  /** Says yes. */
  public static PermissionRequestAnswer allow() {
    return new PermissionRequestAnswer(Reply.of(Reply.ALLOW, null));
  }

  /**
   * Says no.
   *
   * @param message why, for the model
   */
  public static PermissionRequestAnswer deny(String message) {
    return new PermissionRequestAnswer(Reply.refusal(Reply.DENY, message));
  }

  /**
   * Says no, and interrupts the agent.
   *
   * @param message why, for the model
   */
  public static PermissionRequestAnswer denyAndInterrupt(String message) {
    return new PermissionRequestAnswer(Reply.refusal(Reply.DENY, message).with("interrupt", true));
  }

  /**
   * Says yes to another input.
   *
   * @throws IllegalStateException if this says no or nothing
   */
  public PermissionRequestAnswer updatedInput(JsonValue input) {
    return allowed(Reply.UPDATED_INPUT, input);
  }

  /**
   * Says yes, and changes rules: an array such as {@link PermissionRequest#suggestions()} holds.
   *
   * @throws IllegalStateException if this says no or nothing
   */
  public PermissionRequestAnswer updatedPermissions(JsonValue permissions) {
    return allowed("updatedPermissions", permissions);
  }

  private PermissionRequestAnswer allowed(String name, JsonValue value) {
    if (!reply().is(Reply.ALLOW)) {
      throw new IllegalStateException("only who allows can change what is allowed");
    }
    return with(reply().with(name, value));
  }

  @Override
  PermissionRequestAnswer with(Reply reply) {
    return new PermissionRequestAnswer(reply);
  }

  @Override
  boolean fits(HookEvent event) {
    return event instanceof PermissionRequest;
  }
}
