import dev.hookbus.Guard;
import dev.hookbus.GuardKey;
import dev.hookbus.HookBus;
import dev.hookbus.Invocation;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The measured hook: one event in, one guarded call, one answer out. */
public final class StartHook {
  private StartHook() {}

  public static void main(String[] args) throws IOException {
    if (System.getProperty("hookbus.sqlite") == null) {
      System.setProperty("hookbus.sqlite", "native");
    }
    byte[] input = System.in.readAllBytes();
    String event = new String(input, StandardCharsets.UTF_8);
    HookBus bus = HookBus.fromEnvironment();
    Guard guard = bus.guard("post-tool").event("PostToolUse").build();
    String id = field(event, "tool_use_id");
    Invocation call =
        Invocation.ofSession(field(event, "session_id"))
            .withTool(field(event, "tool_name"))
            .withToolUseId(id)
            .withPayload(input);
    String output = guard.with(call).call(GuardKey.of("tool_track", id), () -> "tracked").orElse("");
    try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
      String answer = "{\"suppressOutput\":true,\"systemMessage\":\"" + output + "\"}\n";
      out.write(answer.getBytes(StandardCharsets.UTF_8));
    }
    Runtime.getRuntime().halt(0);
  }

  private static String field(String json, String name) {
    int start = json.indexOf("\"" + name + "\":\"") + name.length() + 4;
    return json.substring(start, json.indexOf('"', start));
  }
}
