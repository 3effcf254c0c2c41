// SPDX-License-Identifier: Apache-2.0
#include "plugins/exec/answers.hpp"

#include <charconv>
#include <cmath>
#include <utility>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "plugins/exec/sentences.hpp"

namespace gleaner::exec {
namespace {

namespace bj = boost::json;

std::string_view view_of(const bj::string& words) {
  return {words.data(), words.size()};
}

/// A finite number, or one written as a text.
std::optional<double> number_in(const bj::value& value) {
  double out = 0;
  if (value.is_number()) {
    out = value.to_number<double>();
  } else if (value.is_string()) {
    const std::string_view words = view_of(value.get_string());
    const auto [end, problem] = std::from_chars(words.data(), words.data() + words.size(), out);
    if (problem != std::errc{} || end != words.data() + words.size()) return std::nullopt;
  } else {
    return std::nullopt;
  }
  return std::isfinite(out) ? std::optional(out) : std::nullopt;
}

/// Whether the member says something: absent, null and false do not.
const bj::value* said(const bj::object& answer, const char* key) {
  const auto* value = answer.if_contains(key);
  const bool is_silent = value == nullptr || value->is_null() || (value->is_bool() && !value->get_bool());
  return is_silent ? nullptr : value;
}

std::string_view phrase(const bj::value& value) {
  return value.is_string() ? view_of(value.get_string()) : std::string_view();
}

}  // namespace

Answers::Answers(const Batch& batch, std::span<const std::string> axes, const Host& host,
                 std::string_view who)
    : batch_(batch),
      axes_(axes),
      host_(host),
      who_(who),
      is_answered_(batch.size(), 0),
      next_of_id_(batch.size(), kNone) {
  places_.reserve(batch.size());
  for (std::size_t i = batch.size(); i-- > 0;) {
    const auto [first, is_new] = places_.try_emplace(batch[i].id(), i);
    if (!is_new) next_of_id_[i] = std::exchange(first->second, i);
  }
}

void Answers::take(const bj::object& answer, std::size_t sent) {
  const auto place = paper_of(answer, sent);
  if (!place) return;
  const std::size_t i = *place;
  is_answered_[i] = 1;
  ++answered_;
  while (oldest_ < is_answered_.size() && is_answered_[oldest_] != 0)
    ++oldest_;
  if (const auto* error = said(answer, "error")) {
    batch_.annotate(i, "flag", "unscored: " + std::string(phrase(*error)));
    return;
  }
  take_scores(i, answer);
  if (const auto* scores = said(answer, "scores"); scores != nullptr && scores->is_object())
    take_scores(i, scores->get_object());
  take_verdict(i, answer);
  take_texts(i, answer);
}

std::optional<std::size_t> Answers::paper_of(const bj::object& answer, std::size_t sent) {
  const auto* id = answer.if_contains("id");
  if (id == nullptr) {
    if (oldest_ < sent) return oldest_;
    refuse("answered without an id when no paper waited for an answer.");
    return std::nullopt;
  }
  const auto found = id->is_string() ? places_.find(view_of(id->get_string())) : places_.end();
  if (found == places_.end() || found->second >= sent) {
    refuse("answered for " +
           in_quotes(id->is_string() ? std::string(view_of(id->get_string())) : bj::serialize(*id)) +
           ", which it was not sent; that answer was refused.");
    return std::nullopt;
  }
  // The host lends a paper once; where two have one id, the first that waits is meant.
  for (std::size_t place = found->second; place < sent; place = next_of_id_[place])
    if (is_answered_[place] == 0) return place;
  refuse("answered twice for " + this->id(found->second) + "; the first answer counts.");
  return std::nullopt;
}

void Answers::take_scores(std::size_t i, const bj::object& from) {
  for (std::size_t axis = 0; axis < axes_.size() && axis < batch_.axis_count(); ++axis) {
    const auto* value = from.if_contains(axes_[axis]);
    if (value == nullptr || value->is_null()) continue;
    if (const auto number = number_in(*value))
      batch_.score(i, axis, *number);
    else
      refuse("gave " + id(i) + " the " + axes_[axis] + " " + in_quotes(bj::serialize(*value)) +
             ", which is no finite number; it was not taken.");
  }
}

void Answers::take_texts(std::size_t i, const bj::object& answer) const {
  for (const char* key : {"comment", "summary", "flag"})
    if (const auto* words = said(answer, key); words != nullptr && words->is_string())
      batch_.annotate(i, key, view_of(words->get_string()));
}

void Answers::take_verdict(std::size_t i, const bj::object& answer) const {
  if (const auto* reason = said(answer, "drop")) {
    batch_.drop(i, phrase(*reason));
    return;
  }
  const auto* pick = said(answer, "pick");
  if (pick == nullptr) return;
  const auto* total = said(answer, "total");
  const auto number = total == nullptr ? std::nullopt : number_in(*total);
  if (!number) {
    refuse("picked " + id(i) + " without a \"total\" that is a number; it was passed on.");
    return;
  }
  const std::string_view comment = phrase(*pick);
  if (!comment.empty()) {
    batch_.pick(i, *number, comment);
    return;
  }
  batch_.raw().verdicts[i] = GLEANER_PICK;  // pick() would clear the comment of the stage before
  batch_.raw().totals[i] = *number;
}

void Answers::refuse(const std::string& what) const {
  host_.warn(std::string(who_) + " " + what);
}

std::string Answers::id(std::size_t i) const {
  return std::string(batch_[i].id());
}

}  // namespace gleaner::exec
