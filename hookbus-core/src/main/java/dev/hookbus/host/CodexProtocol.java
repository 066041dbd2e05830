package dev.hookbus.host;

/**
 * Codex: Claude Code's protocol with fewer answers. It drops an answer that holds a field it does
 * not know, so everything but what it documents is taken out.
 */
final class CodexProtocol extends ClaudeProtocol {

  private CodexProtocol() {
    super(AgentHost.CODEX);
  }

  static HostProtocol create() {
    return new CodexProtocol();
  }

  @Override
  HookOutput write(String event, String hostEvent, Reply reply) {
    return super.write(event, hostEvent, understood(event, reply));
  }

  private static Reply understood(String event, Reply reply) {
    Reply known = Reply.of(reply.decision(), reply.reason());
    known = known.with(Reply.SYSTEM_MESSAGE, reply.get(Reply.SYSTEM_MESSAGE));
    return switch (event) {
      case "PreToolUse" -> preToolUse(known, reply);
      case "PermissionRequest" ->
          // To allow what was not asked for would be wrong; silence lets the user decide.
          reply.is(Reply.ALLOW) && reply.get(Reply.UPDATED_INPUT) != null ? Reply.NONE : known;
      case "PostToolUse", "UserPromptSubmit", "SessionStart" ->
          known
              .with(Reply.STOP_REASON, reply.get(Reply.STOP_REASON))
              .with(Reply.ADDITIONAL_CONTEXT, reply.get(Reply.ADDITIONAL_CONTEXT));
      default -> known.with(Reply.STOP_REASON, reply.get(Reply.STOP_REASON));
    };
  }

  private static Reply preToolUse(Reply known, Reply reply) {
    Reply answer = known.with(Reply.ADDITIONAL_CONTEXT, reply.get(Reply.ADDITIONAL_CONTEXT));
    if (reply.is(Reply.ALLOW)) {
      return reply.get(Reply.UPDATED_INPUT) == null
          ? answer.decided("", null)
          : answer.with(Reply.UPDATED_INPUT, reply.get(Reply.UPDATED_INPUT));
    }
    return reply.is(Reply.ASK) || reply.is(Reply.DEFER)
        ? answer.decided(Reply.DENY, reply.reasonOr("a person has to decide this"))
        : answer;
  }
}
