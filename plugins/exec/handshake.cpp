// SPDX-License-Identifier: Apache-2.0
#include "plugins/exec/handshake.hpp"

#include <algorithm>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "plugins/common/json.hpp"
#include "plugins/exec/schema.hpp"
#include "plugins/exec/sentences.hpp"

namespace gleaner::exec {
namespace {

namespace bj = boost::json;

constexpr std::string_view kProtocol = "exec/1";

bj::array list_of(const std::vector<std::string>& words) {
  bj::array out;
  for (const std::string& word : words)
    out.emplace_back(word);
  return out;
}

/// A text or a list of texts; nothing when it is absent.
std::optional<std::vector<std::string>> words_at(const bj::object& object, std::string_view key) {
  const auto* value = object.if_contains({key.data(), key.size()});
  if (value == nullptr || value->is_null()) return std::nullopt;
  std::vector<std::string> out;
  const auto add = [&out](const bj::value& word) {
    if (word.is_string()) out.emplace_back(word.get_string().data(), word.get_string().size());
  };
  add(*value);
  if (const auto* list = value->if_array()) std::for_each(list->begin(), list->end(), add);
  return out;
}

bool serves(Role role, std::string_view kind) {
  switch (role) {
    case Role::source:
      return kind == "source";
    case Role::output:
      return kind == "output";
    case Role::stage:
      break;
  }
  return kind == "stage" || kind == "filter" || kind == "scorer";
}

std::string with_article(std::string_view kind) {
  return (kind == "output" ? "an " : "a ") + std::string(kind);
}

void check_kind(const bj::object& line, Role role, std::string_view who) {
  const auto kinds = words_at(line, "kind");
  if (!kinds || kinds->empty()) return;
  for (const std::string& kind : *kinds)
    if (serves(role, kind)) return;
  std::vector<std::string> named;
  for (const std::string& kind : *kinds)
    named.push_back(with_article(kind));
  const std::string& first = kinds->front();
  const std::string_view table = first == "source" ? "source" : first == "output" ? "output" : "stage";
  const bool is_known =
      serves(Role::source, first) || serves(Role::stage, first) || serves(Role::output, first);
  throw Error(std::string(who) + " is " + listed(named, " and ") + ", and stands here as " +
                  with_article(word_of(role)) + "." +
                  (is_known ? " It belongs under [[" + std::string(table) + "]]." : std::string()),
              GLEANER_INVALID, "/command");
}

/// Of a program that scores, where the pipeline file names no axis: nothing it gives would be taken.
std::string unnamed_axes(const std::vector<std::string>& given, std::string_view who) {
  std::string list;
  for (const std::string& axis : given)
    list.append(list.empty() ? "" : ", ").append("\"" + axis + "\"");
  return std::string(who) + " gives the " + (given.size() == 1 ? "axis " : "axes ") + listed(given, " and ") +
         ", which the pipeline file does not name; write axes = [" + list + "].";
}

/// Throws, or gives the hint of a health check: `gleaner plugin check FILE` has no pipeline file that could
/// name axes.
std::string check_axes(const bj::object& line, const Facts& facts, std::string_view who) {
  const auto given = words_at(line, "axes");
  if (!given || facts.role != Role::stage) return {};
  if (facts.axes.empty() && !given->empty()) {
    if (facts.check) return unnamed_axes(*given, who);
    throw Error(unnamed_axes(*given, who), GLEANER_INVALID, "/axes");
  }
  for (std::size_t i = 0; i < facts.axes.size(); ++i) {
    if (std::find(given->begin(), given->end(), facts.axes[i]) != given->end()) continue;
    throw Error(
        std::string(who) + " does not give the axis " + facts.axes[i] + "; " +
            (given->empty() ? std::string("it gives none.") : "it gives " + listed(*given, " and ") + "."),
        GLEANER_INVALID, "/axes/" + std::to_string(i));
  }
  return {};
}

}  // namespace

std::string_view word_of(Role role) {
  switch (role) {
    case Role::source:
      return "source";
    case Role::output:
      return "output";
    case Role::stage:
      break;
  }
  return "stage";
}

std::string hello_line(const Facts& facts, const bj::object& options,
                       const std::optional<std::string>& secret) {
  constexpr int kKept = 53;  // bits of the seed: a number as most languages read it from JSON
  const std::string_view kind = word_of(facts.role);
  bj::object line;
  line["gleaner"] = bj::string_view(kProtocol.data(), kProtocol.size());
  line["kind"] = bj::string_view(kind.data(), kind.size());
  line["name"] = facts.instance;
  line["options"] = options;
  if (facts.role == Role::stage) line["axes"] = list_of(facts.axes);
  line["date"] = facts.date;
  line["seed"] = facts.seed >> (64 - kKept);
  line["dry_run"] = facts.dry_run;
  line["check"] = facts.check;
  if (secret) line["secret"] = *secret;
  if (!facts.contact.empty()) line["contact"] = facts.contact;
  for (const auto& member : facts.more)
    line[member.key()] = member.value();
  return bj::serialize(line) + "\n";
}

Ready read_ready(const bj::object& line, const Facts& facts, const bj::object& options,
                 std::string_view who) {
  if (!line.contains("ready")) throw not_ready(who, bj::serialize(line));
  const std::string version = common::text_at(line, "ready");
  if (version != kProtocol)
    throw Error(std::string(who) + " speaks " + in_quotes(version) + "; this version of Gleaner speaks " +
                    std::string(kProtocol) + ".",
                GLEANER_INVALID, "/command");
  check_kind(line, facts.role, who);
  Ready out;
  out.hint = check_axes(line, facts, who);
  if (const auto* schema = line.if_contains("options"); schema != nullptr && !schema->is_null()) {
    if (!schema->is_object())
      throw Error(
          std::string(who) +
              " declares its options in a way that makes no sense: they are no object. Tell its author.",
          GLEANER_MALFORMED);
    check_options(schema->get_object(), options, who);
  }
  const auto* batches = line.if_contains("batches");
  out.wants_batch_ends = batches != nullptr && batches->is_bool() && batches->get_bool();
  out.title = common::text_at(line, "name");
  if (const auto number = common::text_at(line, "version"); !number.empty())
    out.title += (out.title.empty() ? "" : " ") + number;
  return out;
}

}  // namespace gleaner::exec
