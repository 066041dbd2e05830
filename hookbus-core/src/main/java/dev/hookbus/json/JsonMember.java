package dev.hookbus.json;

/**
 * A name and its value in an object.
 *
 * @param name the name, its escapes resolved
 * @param start where the name's opening quote stands, in bytes from the document's begin
 * @param value the value
 */
public record JsonMember(String name, int start, JsonValue value) {}
