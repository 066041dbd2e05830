package dev.hookbus.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hookbus.config.HookBusConfig;
import dev.hookbus.config.HookBusConfigException;
import dev.hookbus.event.Event;
import dev.hookbus.event.EventFormatException;
import dev.hookbus.event.EventJson;
import dev.hookbus.host.AgentHost;
import dev.hookbus.host.HookAnswer;
import dev.hookbus.host.HookMain;
import dev.hookbus.host.HookTester;
import dev.hookbus.json.JsonException;
import dev.hookbus.json.JsonValue;
import dev.hookbus.json.JsonWriter;
import dev.hookbus.payload.BoundedPayload;
import dev.hookbus.payload.PayloadPipeline;
import dev.hookbus.payload.Redactor;
import dev.hookbus.policy.Action;
import dev.hookbus.policy.Place;
import dev.hookbus.policy.Policy;
import dev.hookbus.policy.Validators;
import dev.hookbus.policy.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Everything that reads what strangers write. Under {@code mvn verify} the kept inputs are
 * replayed; {@code fuzz.sh} looks for new ones.
 */
class HostileInputTest {

  private static final int BOUND = 200;
  private static final String SECRET = "ghp_aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hI6";
  private static final PayloadPipeline PIPELINE = PayloadPipeline.builder().maxBytes(BOUND).build();
  private static final Policy POLICY =
      Policy.builder()
          .failClosed("commands", Validators.commands())
          .failClosed("prompts", Validators.prompts())
          .failClosed("root files", Validators.rootFiles(Set.of("pom.xml")))
          .build();

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @FuzzTest
  void redactor(byte[] input) {
    String text = text(input);
    String redacted = Redactor.standard().redact(text);

    String withSecret = Redactor.standard().redact(text + "\n" + SECRET + "\n");
    assertThat(withSecret).doesNotContain(SECRET);
    // What is redacted comes by again, in the log line about a record.
    assertThat(Redactor.standard().redact(withSecret)).doesNotContain(SECRET);
    assertThat(text(Redactor.standard().redact(text.getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(redacted);
  }

  @FuzzTest
  void bounder(byte[] input) {
    BoundedPayload bounded = PIPELINE.process(input);

    assertThat(bounded.dropped()).isFalse();
    assertThat(bounded.bytes().length).isLessThanOrEqualTo(BOUND);
    assertThat(bounded.originalBytes()).isEqualTo(input.length);
    if (isJson(text(input))) {
      assertThat(isJson(bounded.text())).as(bounded.text()).isTrue();
    }
  }

  private static boolean isJson(String text) {
    try {
      JsonValue document = JsonValue.parse(text);
      return document.isObject();
    } catch (JsonException e) {
      return false;
    }
  }

  @FuzzTest
  void envelope(byte[] input) {
    try {
      Event event = EventJson.read(text(input));
      assertThat(EventJson.read(EventJson.write(event))).isEqualTo(event);
    } catch (EventFormatException refused) {
      assertThat(refused).hasMessageMatching("(?s).+");
    }
  }

  /** One {@code NAME=value} a line. */
  @FuzzTest
  void configuration(byte[] input) {
    Set<String> problems = new TreeSet<>();
    HookBusConfig.from(name -> variable(text(input), name), problems::add);

    assertThat(problems).allSatisfy(problem -> assertThat(problem).isNotBlank());
    try {
      HookBusConfig unused =
          HookBusConfig.from(
              name -> variable(text(input), name),
              problem -> {
                throw new HookBusConfigException(problem);
              });
      assertThat(problems).isEmpty();
    } catch (HookBusConfigException refused) {
      assertThat(problems).isNotEmpty();
    }
  }

  private static @Nullable String variable(String lines, String name) {
    return lines
        .lines()
        .filter(line -> line.startsWith(name + "="))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElse(null);
  }

  @FuzzTest
  void json(byte[] input) {
    try {
      JsonValue value = JsonValue.parse(input);
      String written = new JsonWriter().value(value).finish();
      assertThat(JsonValue.parse(written)).isEqualTo(value);
    } catch (JsonException refused) {
      assertThat(refused.offset()).isBetween(0, input.length);
    }
  }

  @FuzzTest
  void hosts(byte[] input) {
    for (AgentHost host : AgentHost.values()) {
      HookTester.Result result =
          HookMain.named("fuzz").host(host).tester(event -> HookAnswer.none()).send(input);

      // A hook that has nothing to say stops nobody, whatever it is told.
      assertThat(result.blocked()).isFalse();
      assertThat(result.stdout().isEmpty() || result.answer() != null).isTrue();
    }
  }

  @FuzzTest
  void shell(byte[] input) {
    Verdict verdict = POLICY.check(Action.command("Bash", text(input), Place.of(Path.of("/work"))));

    assertThat(verdict.failures()).isEmpty();
  }
}
