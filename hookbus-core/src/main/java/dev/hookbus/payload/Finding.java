package dev.hookbus.payload;

/**
 * One replacement. It never holds the text that was replaced.
 *
 * @param kind name of the kind, such as {@code email} or {@code api_key}
 * @param rule name of the rule that matched, such as {@code github-token}
 * @param start first replaced character, counted in UTF-16 units from 0
 * @param end end of the replaced characters, exclusive
 * @param reason why the rule matched, in a few words
 */
public record Finding(String kind, String rule, int start, int end, String reason) {}
