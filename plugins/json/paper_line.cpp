// SPDX-License-Identifier: Apache-2.0
#include "plugins/json/paper_line.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include <boost/json/basic_parser_impl.hpp>

#include "plugins/json/paper_fields.hpp"

namespace gleaner::json {
namespace {

namespace bj = boost::json;

// Fields nobody knows may nest; Boost.JSON's own limit of 32 would refuse what is to be passed over.
constexpr std::size_t kMaxDepth = 256;

// What Boost.JSON calls while it reads. A function that returns false ends the reading; problem_ is then set.
class Handler {
 public:
  static constexpr std::size_t max_object_size = std::size_t(-1);
  static constexpr std::size_t max_array_size = std::size_t(-1);
  static constexpr std::size_t max_key_size = std::size_t(-1);
  static constexpr std::size_t max_string_size = std::size_t(-1);

  void begin(std::string_view line) {
    line_ = line;
    decoded_.clear();
    decoded_.reserve(line.size());  // nothing decodes to more than it was: views into it stay valid
    part_.reset();
    depth_ = 0;
    field_ = Field::unknown;
    problem_.clear();
    const auto clear = [](auto&... lists) { (lists.clear(), ...); };
    clear(paper_.authors, paper_.affiliations, paper_.categories, paper_.extras);
    for (std::string_view* text : {&paper_.id, &paper_.title, &paper_.abstract, &paper_.url, &paper_.doi,
                                   &paper_.published, &paper_.journal, &paper_.license})
      *text = {};
    paper_.version = 0;
    paper_.announce = GLEANER_ANNOUNCE_NONE;
  }
  [[nodiscard]] PaperLine& paper() { return paper_; }
  [[nodiscard]] const std::string& problem() const { return problem_; }

  bool on_document_begin(bj::error_code&) { return true; }
  bool on_document_end(bj::error_code&) { return true; }

  bool on_object_begin(bj::error_code& error) {
    if (depth_ == 1 && field_ != Field::unknown && field_ != Field::extras) return wrong_kind(error);
    if (depth_ == 2 && is_list()) return wrong_kind(error);
    ++depth_;
    return true;
  }
  bool on_object_end(std::size_t, bj::error_code&) { return leave(); }
  bool on_array_begin(bj::error_code& error) {
    if (depth_ == 0) return fail("this is a list and no paper; a line holds one object", error);
    if (depth_ == 1 && field_ != Field::unknown && !is_list()) return wrong_kind(error);
    if (depth_ == 2 && is_list()) return wrong_kind(error);
    if (depth_ == 1) restart_list();
    ++depth_;
    return true;
  }
  bool on_array_end(std::size_t, bj::error_code&) { return leave(); }

  bool on_key_part(bj::string_view part, std::size_t, bj::error_code&) { return add_part(part); }
  bool on_key(bj::string_view last, std::size_t, bj::error_code&) {
    const std::string_view key = whole(last);
    if (depth_ == 1) field_ = field_of(key);
    if (depth_ == 2) extra_key_ = key;
    return true;
  }
  bool on_string_part(bj::string_view part, std::size_t, bj::error_code&) { return add_part(part); }
  bool on_string(bj::string_view last, std::size_t, bj::error_code& error) {
    const std::string_view text = whole(last);
    if (depth_ == 0) return no_object(error);
    if (depth_ == 1) return set(text, error);
    if (depth_ == 2) add(text);
    return true;
  }
  bool on_number_part(bj::string_view, bj::error_code&) { return true; }
  bool on_int64(std::int64_t number, bj::string_view, bj::error_code& error) {
    return on_number(number, error);
  }
  bool on_uint64(std::uint64_t, bj::string_view, bj::error_code& error) { return on_number(-1, error); }
  bool on_double(double, bj::string_view, bj::error_code& error) { return on_number(-1, error); }
  bool on_bool(bool, bj::error_code& error) { return on_other(error); }
  bool on_null(bj::error_code& error) { return depth_ == 0 ? no_object(error) : true; }
  bool on_comment_part(bj::string_view, bj::error_code&) { return true; }
  bool on_comment(bj::string_view, bj::error_code&) { return true; }

 private:
  [[nodiscard]] bool is_list() const {
    return field_ == Field::authors || field_ == Field::affiliations || field_ == Field::categories;
  }
  bool leave() {
    --depth_;
    return true;
  }
  bool fail(std::string problem, bj::error_code& error) {
    problem_ = std::move(problem);
    error = bj::make_error_code(bj::error::exception);
    return false;
  }
  bool no_object(bj::error_code& error) {
    return fail("this is no paper; a line holds one object with an \"id\" and a \"title\"", error);
  }
  bool wrong_kind(bj::error_code& error) {
    std::string wanted = "a text";
    if (is_list()) wanted = "a list of texts";
    if (field_ == Field::version) wanted = "a whole number from 1 up";
    if (field_ == Field::extras) wanted = "an object";
    return fail(quoted(field_) + " has to be " + wanted, error);
  }

  // A text comes in parts where it has escapes; its last part may lie in memory of the parser's.
  bool add_part(bj::string_view part) {
    if (!part_) part_ = decoded_.size();
    decoded_.append(part.data(), part.size());
    return true;
  }
  std::string_view whole(bj::string_view last) {
    const bool is_in_line =
        last.data() >= line_.data() && last.data() + last.size() <= line_.data() + line_.size();
    if (!part_ && is_in_line) return {last.data(), last.size()};
    add_part(last);
    const std::size_t from = *part_;
    part_.reset();
    return std::string_view(decoded_).substr(from);
  }

  std::string_view* text_field() {
    switch (field_) {
      case Field::id:
        return &paper_.id;
      case Field::title:
        return &paper_.title;
      case Field::abstract:
        return &paper_.abstract;
      case Field::url:
        return &paper_.url;
      case Field::doi:
        return &paper_.doi;
      case Field::published:
        return &paper_.published;
      case Field::journal:
        return &paper_.journal;
      case Field::license:
        return &paper_.license;
      default:
        return nullptr;
    }
  }
  bool set(std::string_view text, bj::error_code& error) {
    if (field_ == Field::unknown) return true;
    if (field_ == Field::version) return set_version(text, error);
    if (field_ == Field::announce) return set_announce(text, error);
    std::string_view* to = text_field();
    if (to == nullptr) return wrong_kind(error);
    *to = text;
    return true;
  }
  bool set_version(std::string_view text, bj::error_code& error) {
    if (text.starts_with('v')) text.remove_prefix(1);
    std::uint32_t version = 0;
    const auto [end, result] = std::from_chars(text.data(), text.data() + text.size(), version);
    if (result != std::errc{} || end != text.data() + text.size()) return wrong_kind(error);
    paper_.version = version;
    return true;
  }
  bool set_announce(std::string_view word, bj::error_code& error) {
    const auto code = announce_code(word);
    if (!code)
      return fail("\"announce\" is \"" + std::string(word.substr(0, 40)) +
                      "\"; it may be new, cross, replace or replace-cross",
                  error);
    paper_.announce = *code;
    return true;
  }
  void add(std::string_view text) {
    if (field_ == Field::authors) paper_.authors.push_back(text);
    if (field_ == Field::affiliations) paper_.affiliations.push_back(text);
    if (field_ == Field::categories) paper_.categories.push_back(text);
    if (field_ == Field::extras) paper_.extras.emplace_back(extra_key_, text);
  }
  void restart_list() {  // of a field that a line gives twice the last one counts
    if (field_ == Field::authors) paper_.authors.clear();
    if (field_ == Field::affiliations) paper_.affiliations.clear();
    if (field_ == Field::categories) paper_.categories.clear();
  }
  bool on_number(std::int64_t number, bj::error_code& error) {
    if (depth_ != 1 || field_ != Field::version) return on_other(error);
    if (number < 0 || number > 1'000'000) return wrong_kind(error);
    paper_.version = static_cast<std::uint32_t>(number);
    return true;
  }
  bool on_other(bj::error_code& error) {
    if (depth_ == 0) return no_object(error);
    if (depth_ == 1 && field_ != Field::unknown) return wrong_kind(error);
    if (depth_ == 2 && is_list()) return wrong_kind(error);
    return true;
  }

  std::string_view line_;
  PaperLine paper_;
  std::string decoded_;
  std::optional<std::size_t> part_;  // where in decoded_ the text that is being read begins
  std::string_view extra_key_;
  std::size_t depth_ = 0;
  Field field_ = Field::unknown;  // that is being read, of the paper itself
  std::string problem_;
};

bj::parse_options parse_options() {
  bj::parse_options options;
  options.max_depth = kMaxDepth;
  return options;
}

}  // namespace

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r") == std::string_view::npos;
}

struct PaperLineReader::Parser {
  bj::basic_parser<Handler> json{parse_options()};
  std::string title;  // a title of several lines, made one

  std::string problem(std::string_view line);
  std::string missing();
  void join_title();
};

std::string PaperLineReader::Parser::problem(std::string_view line) {
  bj::error_code error;
  json.reset();
  json.handler().begin(line);
  const std::size_t read = json.write_some(false, line.data(), line.size(), error);
  if (!json.handler().problem().empty()) return json.handler().problem();
  if (error == bj::error::incomplete) return "the line ends in the middle of the JSON";
  if (error) return "this is not JSON at column " + std::to_string(read + 1) + " (" + error.message() + ")";
  if (!is_blank(line.substr(read)))
    return "the line goes on after the paper, at column " + std::to_string(read + 1);
  return missing();
}

std::string PaperLineReader::Parser::missing() {
  const PaperLine& paper = json.handler().paper();
  if (paper.id.empty()) return "\"id\" is missing; every paper needs an id and a title";
  if (paper.title.empty()) return "\"title\" is missing; every paper needs an id and a title";
  return {};
}

void PaperLineReader::Parser::join_title() {
  std::string_view& written = json.handler().paper().title;
  if (written.find_first_of("\n\r\t") == std::string_view::npos) return;
  title.assign(written);
  std::replace_if(
      title.begin(), title.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  written = title;
}

PaperLineReader::PaperLineReader() : parser_(std::make_unique<Parser>()) {}
PaperLineReader::~PaperLineReader() = default;

const PaperLine* PaperLineReader::read(std::string_view line) {
  problem_ = parser_->problem(line);
  if (!problem_.empty()) return nullptr;
  parser_->join_title();
  return &parser_->json.handler().paper();
}

}  // namespace gleaner::json
