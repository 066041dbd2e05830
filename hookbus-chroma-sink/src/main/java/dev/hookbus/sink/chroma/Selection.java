package dev.hookbus.sink.chroma;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which records to read, and what of them.
 *
 * @param ids only these; null for all
 * @param where a condition on metadata; null for none
 * @param whereDocument a condition on documents; null for none
 * @param limit at most so many
 * @param offset how many to pass over
 * @param include {@code documents}, {@code metadatas}; IDs always come
 */
record Selection(
    @Nullable List<String> ids,
    @Nullable Map<String, ?> where,
    @Nullable Map<String, ?> whereDocument,
    int limit,
    int offset,
    List<String> include) {

  private static final String DOCUMENTS = "documents";
  private static final String METADATAS = "metadatas";

  static Selection ofIds(List<String> ids) {
    return new Selection(ids, null, null, ids.size(), 0, List.of(DOCUMENTS, METADATAS));
  }

  static Selection matching(
      @Nullable Map<String, ?> where, @Nullable Map<String, ?> whereDocument, int limit) {
    return new Selection(null, where, whereDocument, limit, 0, List.of(DOCUMENTS, METADATAS));
  }

  Selection metadataOnly() {
    return new Selection(ids, where, whereDocument, limit, offset, List.of(METADATAS));
  }

  Selection idsOnly() {
    return new Selection(ids, where, whereDocument, limit, offset, List.of());
  }

  Selection from(int newOffset) {
    return new Selection(ids, where, whereDocument, limit, newOffset, include);
  }

  void writeGet(JsonGenerator json) throws IOException {
    json.writeStartObject();
    if (ids != null) {
      json.writeFieldName("ids");
      ChromaJson.write(json, ids);
    }
    writeConditions(json);
    json.writeNumberField("limit", limit);
    json.writeNumberField("offset", offset);
    writeInclude(json, include);
    json.writeEndObject();
  }

  void writeQuery(JsonGenerator json, float[] vector) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("query_embeddings");
    json.writeStartArray();
    for (float value : vector) {
      json.writeNumber(value);
    }
    json.writeEndArray();
    json.writeEndArray();
    writeConditions(json);
    json.writeNumberField("n_results", limit);
    writeInclude(json, List.of(DOCUMENTS, METADATAS, "distances"));
    json.writeEndObject();
  }

  private void writeConditions(JsonGenerator json) throws IOException {
    if (where != null) {
      json.writeFieldName("where");
      ChromaJson.write(json, where);
    }
    if (whereDocument != null) {
      json.writeFieldName("where_document");
      ChromaJson.write(json, whereDocument);
    }
  }

  private static void writeInclude(JsonGenerator json, List<String> fields) throws IOException {
    json.writeFieldName("include");
    ChromaJson.write(json, fields);
  }
}
