package dev.hookbus.docs;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of the documentation, taken apart. */
final class MarkdownPage {

  /**
   * A fenced block.
   *
   * @param language the word behind the fence
   * @param source where it stands, for messages
   * @param line the file's line of its first line, counted from 1
   */
  record Block(String language, String source, int line, String text) {

    @Override
    public String toString() {
      return source + ":" + line;
    }
  }

  private static final Pattern FENCE = Pattern.compile("^\\s*```(\\w*).*$");
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("^#{1,6} +(.+?) *$");

  private final Path path;
  private final List<Block> blocks = new ArrayList<>();
  private final List<String> prose = new ArrayList<>();

  private MarkdownPage(Path path) {
    this.path = path;
  }

  static MarkdownPage read(Path path) throws IOException {
    MarkdownPage page = new MarkdownPage(path);
    page.parse(Files.readAllLines(path));
    return page;
  }

  private void parse(List<String> lines) {
    String language = null;
    int start = 0;
    for (int i = 0; i < lines.size(); i++) {
      Matcher fence = FENCE.matcher(lines.get(i));
      if (!fence.matches()) {
        if (language == null) {
          prose.add(lines.get(i));
        }
      } else if (language == null) {
        language = fence.group(1);
        start = i + 1;
      } else {
        String text = lines.subList(start, i).stream().collect(joining("\n", "", "\n"));
        blocks.add(new Block(language, path.toString(), start + 1, text));
        language = null;
      }
    }
    if (language != null) {
      throw new IllegalStateException(path + ":" + start + " opens a block that never ends");
    }
  }

  Path path() {
    return path;
  }

  /** The fenced blocks of one language. */
  List<Block> blocks(String language) {
    return blocks.stream().filter(block -> block.language().equals(language)).toList();
  }

  /** Everything outside fenced blocks. */
  String prose() {
    return String.join("\n", prose);
  }

  /** Everything. */
  String text() throws IOException {
    return Files.readString(path);
  }

  /** Targets of links that lead nowhere outside. */
  List<String> relativeLinks() {
    List<String> links = new ArrayList<>();
    Matcher link = LINK.matcher(prose());
    while (link.find()) {
      if (!link.group(1).matches("[a-z]+:.*")) {
        links.add(link.group(1));
      }
    }
    return links;
  }

  /** The anchors that GitHub makes of this page's headings. */
  Set<String> anchors() {
    Set<String> anchors = new HashSet<>();
    Map<String, Integer> seen = new HashMap<>();
    for (String line : prose) {
      Matcher heading = HEADING.matcher(line);
      if (heading.matches()) {
        String anchor =
            heading
                .group(1)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
        int before = seen.merge(anchor, 1, Integer::sum) - 1;
        anchors.add(before == 0 ? anchor : anchor + "-" + before);
      }
    }
    return anchors;
  }

  /** The text between a comment that starts with {@code begin} and one that says {@code end}. */
  String between(String begin, String end) throws IOException {
    Matcher section =
        Pattern.compile(
                "<!-- " + Pattern.quote(begin) + "[^\n]*-->\n(.*?)<!-- " + Pattern.quote(end),
                Pattern.DOTALL)
            .matcher(text());
    if (!section.find()) {
      throw new IllegalStateException(path + " has no section <!-- " + begin + " … -->");
    }
    return section.group(1);
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
