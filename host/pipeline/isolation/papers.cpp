#include "host/pipeline/isolation/papers.hpp"

#include <algorithm>

#include "host/loader/sized.hpp"

namespace gleaner::host::isolation {
namespace {

constexpr std::size_t least_text = sizeof(std::uint64_t);  // a text is at least its length
constexpr std::size_t block = 4096;                        // texts a block

constexpr gleaner_str gleaner_paper::*paper_texts[] = {
    &gleaner_paper::id,  &gleaner_paper::title,     &gleaner_paper::abstract, &gleaner_paper::url,
    &gleaner_paper::doi, &gleaner_paper::published, &gleaner_paper::journal,  &gleaner_paper::license};
constexpr std::size_t least_paper = 8 * least_text + 5 * sizeof(std::uint64_t) + 2 * sizeof(std::uint32_t);

constexpr gleaner_str gleaner_entry::*entry_texts[] = {&gleaner_entry::comment, &gleaner_entry::summary,
                                                       &gleaner_entry::flag, &gleaner_entry::decided_by};
constexpr gleaner_str gleaner_digest::*digest_texts[] = {&gleaner_digest::title, &gleaner_digest::date,
                                                         &gleaner_digest::pipeline, &gleaner_digest::json,
                                                         &gleaner_digest::key};
constexpr gleaner_str gleaner_http_request::*request_texts[] = {
    &gleaner_http_request::method, &gleaner_http_request::url, &gleaner_http_request::body,
    &gleaner_http_request::expect};
constexpr gleaner_str gleaner_http_response::*response_texts[] = {
    &gleaner_http_response::error, &gleaner_http_response::url, &gleaner_http_response::body};

void write_numbers(Writer& to, const gleaner_number* items, std::uint64_t count) {
  to.number<std::uint64_t>(items == nullptr ? 0 : count);
  for (std::uint64_t i = 0; items != nullptr && i < count; ++i) {
    to.text(items[i].key);
    to.number(items[i].value);
  }
}

}  // namespace

void write_texts(Writer& to, const gleaner_str* items, std::uint64_t count) {
  to.number<std::uint64_t>(items == nullptr ? 0 : count);
  for (std::uint64_t i = 0; items != nullptr && i < count; ++i)
    to.text(items[i]);
}

void write_pairs(Writer& to, const gleaner_pair* items, std::uint64_t count) {
  to.number<std::uint64_t>(items == nullptr ? 0 : count);
  for (std::uint64_t i = 0; items != nullptr && i < count; ++i) {
    to.text(items[i].key);
    to.text(items[i].value);
  }
}

void write_paper(Writer& to, const gleaner_paper& foreign) {
  const gleaner_paper paper = sized_copy(&foreign);
  for (const auto field : paper_texts)
    to.text(paper.*field);
  write_texts(to, paper.authors, paper.author_count);
  write_texts(to, paper.affiliations, paper.authors == nullptr ? 0 : paper.author_count);
  write_texts(to, paper.categories, paper.category_count);
  write_texts(to, paper.sources, paper.source_count);
  write_pairs(to, paper.extras, paper.extra_count);
  to.number(paper.version);
  to.number(paper.announce);
}

void write_entries(Writer& to, const gleaner_entry* const* entries, std::uint64_t count) {
  to.number(count);
  for (std::uint64_t i = 0; i < count; ++i) {
    const gleaner_entry& entry = *entries[i];
    write_paper(to, *entry.paper);
    to.number(entry.total);
    write_numbers(to, entry.scores, entry.score_count);
    for (const auto field : entry_texts)
      to.text(entry.*field);
  }
}

void write_digest(Writer& to, const gleaner_digest& digest) {
  for (const auto field : digest_texts)
    to.text(digest.*field);
  write_entries(to, digest.papers, digest.paper_count);
  write_entries(to, digest.unscored, digest.unscored_count);
  to.number(digest.announced);
  to.number(digest.scanned);
  to.number(digest.complete);
  to.number(digest.attempt);
}

void write_day(Writer& to, const gleaner_day& day) {
  to.text(day.date);
  to.text(day.today);
  to.number(day.explicit_date);
  write_texts(to, day.holidays, day.holiday_count);
}

void write_config(Writer& to, const gleaner_config& config) {
  to.text(config.instance);
  to.text(config.pipeline);
  to.text(config.contact);
  to.number(config.value_count);
  for (std::uint64_t i = 0; i < config.value_count; ++i) {
    const gleaner_value& value = *element(config.values, i, config.value_stride);
    to.text(value.name);
    to.text(value.text);
    to.number(value.integer);
    to.number(value.number);
    write_texts(to, value.items, value.item_count);
    write_numbers(to, value.entries, value.entry_count);
    to.number(value.type);
    to.number(value.given);
  }
}

void write_request(Writer& to, const gleaner_http_request& foreign) {
  const gleaner_http_request request = sized_copy(&foreign);
  for (const auto field : request_texts)
    to.text(request.*field);
  write_pairs(to, request.headers, request.header_count);
  to.number(request.max_bytes);
  to.number(request.timeout_ms);
  to.number(request.flags);
}

void write_response(Writer& to, const gleaner_http_response& response) {
  for (const auto field : response_texts)
    to.text(response.*field);
  write_pairs(to, response.headers, response.header_count);
  to.number(response.elapsed_ms);
  to.number(response.status);
  to.number(response.http_status);
  to.number(response.attempts);
  to.number(response.from_cache);
}

void Shelf::clear() {
  for (auto& each : texts_)
    each.clear();
  for (auto& each : pairs_)
    each.clear();
  texts_used_ = pairs_used_ = 0;
  papers_.clear();
  views_.clear();
  entries_.clear();
  entry_views_.clear();
  numbers_.clear();
  values_.clear();
}

// A vector that is never filled beyond what it has reserved does not move.
template <class T>
std::span<T> Shelf::room(std::vector<std::vector<T>>& blocks, std::size_t& used, std::size_t count) {
  while (used < blocks.size() && blocks[used].capacity() - blocks[used].size() < count)
    ++used;
  if (used == blocks.size()) blocks.emplace_back().reserve(std::max(block, count));
  auto& at = blocks[used];
  const std::size_t before = at.size();
  at.resize(before + count);
  return std::span(at).subspan(before);
}

std::span<const gleaner_str> Shelf::texts(Unpacker& from) {
  const std::size_t count = from.count(least_text);
  if (count == 0) return {};
  const auto out = room(texts_, texts_used_, count);
  for (auto& each : out)
    each = from.str();
  return out;
}

std::span<const gleaner_pair> Shelf::pairs(Unpacker& from) {
  const std::size_t count = from.count(2 * least_text);
  if (count == 0) return {};
  const auto out = room(pairs_, pairs_used_, count);
  for (auto& each : out) {
    each.key = from.str();
    each.value = from.str();
  }
  return out;
}

gleaner_paper Shelf::paper(Unpacker& from) {
  gleaner_paper out{};
  out.size = sizeof out;
  for (const auto field : paper_texts)
    out.*field = from.str();
  const auto authors = texts(from);
  const auto affiliations = texts(from);
  const auto categories = texts(from);
  const auto sources = texts(from);
  const auto extras = pairs(from);
  out.authors = authors.data();
  out.author_count = authors.size();
  // One for each author or none, abi.h: readers count on it.
  if (affiliations.size() == authors.size() && !authors.empty()) out.affiliations = affiliations.data();
  if (affiliations.size() != authors.size() && !affiliations.empty()) from.fail();
  out.categories = categories.data();
  out.category_count = categories.size();
  out.sources = sources.data();
  out.source_count = sources.size();
  out.extras = extras.data();
  out.extra_count = extras.size();
  out.version = from.number<std::uint32_t>();
  out.announce = from.number<std::uint32_t>();
  return out;
}

std::span<const gleaner_paper* const> Shelf::papers(Unpacker& from) {
  const std::size_t count = from.count(least_paper);
  views_.reserve(count);
  for (std::size_t i = 0; i < count && from.good(); ++i)
    views_.push_back(&papers_.emplace_back(paper(from)));
  return views_;
}

std::span<const gleaner_entry* const> Shelf::entries(Unpacker& from) {
  auto& views = entry_views_.emplace_back();
  const std::size_t count = from.count(least_paper);
  views.reserve(count);
  for (std::size_t i = 0; i < count && from.good(); ++i) {
    gleaner_entry out{};
    out.size = sizeof out;
    out.paper = &papers_.emplace_back(paper(from));
    out.total = from.number<double>();
    auto& scores = numbers_.emplace_back();
    scores.resize(from.count(least_text + sizeof(double)));
    for (auto& score : scores) {
      score.key = from.str();
      score.value = from.number<double>();
    }
    out.scores = scores.data();
    out.score_count = scores.size();
    for (const auto field : entry_texts)
      out.*field = from.str();
    views.push_back(&entries_.emplace_back(out));
  }
  return views;
}

gleaner_digest Shelf::digest(Unpacker& from) {
  gleaner_digest out{};
  out.size = sizeof out;
  for (const auto field : digest_texts)
    out.*field = from.str();
  const auto papers = entries(from);
  const auto unscored = entries(from);
  out.papers = papers.data();
  out.paper_count = papers.size();
  out.unscored = unscored.data();
  out.unscored_count = unscored.size();
  out.announced = from.number<std::uint64_t>();
  out.scanned = from.number<std::uint64_t>();
  out.complete = from.number<std::uint32_t>();
  out.attempt = from.number<std::uint32_t>();
  return out;
}

gleaner_day Shelf::day(Unpacker& from) {
  gleaner_day out{};
  out.size = sizeof out;
  out.date = from.str();
  out.today = from.str();
  out.explicit_date = from.number<std::uint32_t>();
  const auto holidays = texts(from);
  out.holidays = holidays.data();
  out.holiday_count = holidays.size();
  return out;
}

gleaner_config Shelf::config(Unpacker& from) {
  gleaner_config out{};
  out.size = sizeof out;
  out.instance = from.str();
  out.pipeline = from.str();
  out.contact = from.str();
  values_.resize(from.count(2 * least_text));
  for (auto& value : values_) {
    value = {};
    value.size = sizeof value;
    value.name = from.str();
    value.text = from.str();
    value.integer = from.number<std::int64_t>();
    value.number = from.number<double>();
    const auto items = texts(from);
    value.items = items.data();
    value.item_count = items.size();
    auto& entries = numbers_.emplace_back();
    entries.resize(from.count(least_text + sizeof(double)));
    for (auto& entry : entries) {
      entry.key = from.str();
      entry.value = from.number<double>();
    }
    value.entries = entries.data();
    value.entry_count = entries.size();
    value.type = from.number<std::uint32_t>();
    value.given = from.number<std::uint32_t>();
  }
  out.values = values_.data();
  out.value_count = values_.size();
  out.value_stride = sizeof(gleaner_value);
  return out;
}

gleaner_http_request Shelf::request(Unpacker& from) {
  gleaner_http_request out{};
  out.size = sizeof out;
  for (const auto field : request_texts)
    out.*field = from.str();
  const auto headers = pairs(from);
  out.headers = headers.data();
  out.header_count = headers.size();
  out.max_bytes = from.number<std::uint64_t>();
  out.timeout_ms = from.number<std::uint32_t>();
  out.flags = from.number<std::uint32_t>();
  return out;
}

gleaner_http_response Shelf::response(Unpacker& from) {
  gleaner_http_response out{};
  out.size = sizeof out;
  for (const auto field : response_texts)
    out.*field = from.str();
  const auto headers = pairs(from);
  out.headers = headers.data();
  out.header_count = headers.size();
  out.elapsed_ms = from.number<std::uint64_t>();
  out.status = from.number<std::int32_t>();
  out.http_status = from.number<std::int32_t>();
  out.attempts = from.number<std::uint32_t>();
  out.from_cache = from.number<std::uint32_t>();
  return out;
}

}  // namespace gleaner::host::isolation
