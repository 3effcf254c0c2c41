#include "answer_format.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace gleaner::chat {
namespace {

constexpr std::string_view keep_in_doubt =
    "Name only papers that by their titles surely miss every criterion. When in doubt, keep a paper: leave "
    "it out of the "
    "answer.\n";
constexpr std::string_view id_words = "exactly as in the paper's id attribute";

Value word(std::string_view description) {
  return Value::object({{"type", "string"}, {"description", description}});
}

// All members required and no others: what strict subsets of JSON Schema ask of every object.
Value closed_object(std::vector<Member> properties) {
  Value names = Value::list();
  for (const auto& property : properties)
    names.push(property.name);
  return Value::object({{"type", "object"},
                        {"properties", Value::object(std::move(properties))},
                        {"required", std::move(names)},
                        {"additionalProperties", false}});
}

Value only_list(const char* name, std::string_view description, std::vector<Member> properties) {
  return closed_object({{name, Value::object({{"type", "array"},
                                              {"description", description},
                                              {"items", closed_object(std::move(properties))}})}});
}

std::string upper_case(std::string_view word) {
  std::string out(word);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return out;
}

std::string object_words(std::span<const std::string> axes) {
  std::string out =
      "Answer with one JSON object and nothing else, in place of any other form asked for:\n"
      R"({"papers": [{"id": "…", "comment": "…")";
  for (const auto& axis : axes)
    out += ", \"" + axis + "\": N";
  out += "}]}\n";
  out += "It has one entry for each paper, with its id " + std::string(id_words);
  return out +
         ". N is a number from 1 to 10. The comment comes before the scores and names the criterion that "
         "matches.\n";
}

std::string line_words(std::span<const std::string> axes) {
  std::string out =
      "Answer in JSON lines and with nothing else: one JSON object on a line for each paper,\n"
      R"({"ARXIVID": "…", "COMMENT": "…")";
  for (const auto& axis : axes)
    out += ", \"" + upper_case(axis) + "\": N";
  out += "}\n";
  out += "ARXIVID is the id " + std::string(id_words);
  return out + ". N is a number from 1 to 10. COMMENT names the criterion that matches.\n";
}

}  // namespace

Value score_schema(std::span<const std::string> axes) {
  std::vector<Member> properties{{"id", word("The paper's id, exactly as given")},
                                 {"comment", word("The criterion that matches, in a sentence")}};
  for (const auto& axis : axes)
    properties.push_back(
        {axis, Value::object({{"type", "number"}, {"description", "Score for " + axis + ", from 1 to 10"}})});
  return only_list("papers", "One entry for each paper", std::move(properties));
}

Value triage_schema() {
  return only_list("drop", "The papers that are surely irrelevant; may be empty",
                   {{"id", word("The paper's id, exactly as given")},
                    {"reason", word("Why it misses every criterion, in a few words")}});
}

std::string score_words(Format format, std::span<const std::string> axes, bool prompt_asks_for_lines) {
  switch (format) {
    case Format::schema:
    case Format::json:
      return object_words(axes);
    case Format::lines:
      return prompt_asks_for_lines ? std::string() : line_words(axes);
    case Format::text:
      break;
  }
  return {};
}

std::string triage_words(Format format) {
  std::string out =
      "Only titles are given. Do not score them: say which papers need not be read any further. " +
      std::string(keep_in_doubt);
  switch (format) {
    case Format::schema:
    case Format::json:
      out +=
          "Answer with one JSON object and nothing else, in place of any other form asked for:\n"
          R"({"drop": [{"id": "…", "reason": "…"}]})"
          "\nThe list is empty when there is nothing to drop. ";
      break;
    case Format::lines:
      out +=
          "Answer in JSON lines and with nothing else, in place of any other form asked for: one JSON object "
          "on a line "
          "for each paper to drop,\n"
          R"({"id": "…", "reason": "…"})"
          "\nor the line {\"drop\": []} when there is nothing to drop. ";
      break;
    case Format::text:
      return {};
  }
  return out + "Write the id " + std::string(id_words) + "; the reason has a few words.\n";
}

}  // namespace gleaner::chat
