#include "template.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <exception>
#include <optional>
#include <vector>

#include <kainjow/mustache.hpp>

#include "plugins/common/ascii.hpp"
#include "plugins/common/digest/dates.hpp"
#include "plugins/common/digest/links.hpp"
#include "plugins/common/digest/problems.hpp"

namespace gleaner::markdown {
namespace {

namespace mustache = kainjow::mustache;
using mustache::data;

// Absent text is `false`, not "": only that makes {{#name}} mean "if there is one", and it hides an outer
// value of the same name.
data text_or_none(const std::string& text) {
  return text.empty() ? data(false) : data(text);
}

template <typename Number>
data number_or_none(const std::optional<Number>& number) {
  return number ? data(std::to_string(*number)) : data(false);
}

data string_list(const std::vector<std::string>& texts) {
  data list(data::type::list);
  for (const std::string& text : texts)
    list << data(text);
  return list;
}

data name_list(const std::vector<std::string>& names) {
  data list(data::type::list);
  for (std::size_t i = 0; i < names.size(); ++i) {
    data item;
    item.set("name", names[i]);
    item.set("last", data(i + 1 == names.size()));
    list << item;
  }
  return list;
}

std::string comma_joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names)
    text += (text.empty() ? "" : ", ") + name;
  return text;
}

void set_scores(data& item, const digest::Paper& paper) {
  const std::vector<digest::Axis> axes = shown_axes(paper);
  data list(data::type::list);
  data by_name;
  for (std::size_t i = 0; i < axes.size(); ++i) {
    data axis;
    axis.set("axis", axes[i].name);
    axis.set("label", axis_label(axes[i].name));
    axis.set("value", format_score(axes[i].value));
    axis.set("last", data(i + 1 == axes.size()));
    list << axis;
    by_name.set(axes[i].name, format_score(axes[i].value));
  }
  item.set("scores", list);
  item.set("score", by_name);
}

data paper_data(const digest::Paper& paper, std::size_t index, std::size_t count) {
  const std::vector<std::string> authors = paper.authors.value_or(std::vector<std::string>());
  data item;
  item.set("index", std::to_string(index + 1));
  item.set("last", data(index + 1 == count));
  item.set("id", paper.id);
  item.set("id_label", std::string(digest::id_label(paper.id)));
  item.set("version", number_or_none(paper.version));
  item.set("url", text_or_none(digest::safe_url(digest::paper_url(paper))));
  item.set("title", paper.title);
  item.set("authors", text_or_none(comma_joined(authors)));
  item.set("author_list", name_list(authors));
  item.set("abstract", text_or_none(paper.abstract.value_or("")));
  item.set("summary", text_or_none(paper.summary));
  item.set("comment", text_or_none(paper.comment.value_or("")));
  item.set("total", paper.total ? data(format_score(*paper.total)) : data(false));
  item.set("categories", text_or_none(comma_joined(paper.categories)));
  item.set("category_list", name_list(paper.categories));
  item.set("primary_category", text_or_none(paper.categories.empty() ? "" : paper.categories.front()));
  item.set("announce", text_or_none(paper.announce));
  item.set("published", text_or_none(paper.published));
  item.set("doi", text_or_none(paper.doi));
  item.set("flag", text_or_none(paper.flag));
  item.set("decided_by", text_or_none(paper.decided_by));
  item.set("sources", text_or_none(comma_joined(paper.sources)));
  set_scores(item, paper);
  return item;
}

data paper_list(const std::vector<digest::Paper>& papers) {
  data list(data::type::list);
  for (std::size_t i = 0; i < papers.size(); ++i)
    list << paper_data(papers[i], i, papers.size());
  return list;
}

data usage_list(const std::vector<digest::Usage>& rows) {
  data list(data::type::list);
  for (const digest::Usage& usage : by_model(rows)) {
    data item;
    item.set("model", usage.model);
    item.set("requests", std::to_string(usage.requests));
    item.set("prompt_tokens", std::to_string(usage.prompt_tokens));
    item.set("cached_tokens", std::to_string(usage.cached_tokens));
    item.set("completion_tokens", std::to_string(usage.completion_tokens));
    item.set("total_tokens", std::to_string(usage.prompt_tokens + usage.completion_tokens));
    item.set("prompt_cost", format_cost(usage.prompt_cost));
    item.set("completion_cost", format_cost(usage.completion_cost));
    item.set("total_cost", format_cost(usage.total_cost));
    list << item;
  }
  return list;
}

data receipt_list(const digest::Receipt& receipt) {
  data list(data::type::list);
  for (const digest::ReceiptRow& row : receipt.rows) {
    data item;
    item.set("source", text_or_none(row.source));
    item.set("stage", text_or_none(row.stage));
    item.set("reason", text_or_none(row.reason));
    item.set("count", std::to_string(row.count));
    list << item;
  }
  return list;
}

data remedial_data(const std::optional<digest::Remedial>& remedial, const std::string& format) {
  if (!remedial) return data(false);
  data item;
  item.set("from", digest::format_date(remedial->from, format));
  item.set("to", digest::format_date(remedial->to, format));
  item.set("generated",
           remedial->generated ? data(digest::format_date(*remedial->generated, format)) : data(false));
  return item;
}

data page_data(const digest::Page& page, const ClassicOptions& options) {
  data root;
  root.set("title", text_or_none(page.title));
  root.set("date", digest::format_date(page.date, options.date_format));
  root.set("iso_date", digest::format_date(page.date, "%Y-%m-%d"));
  root.set("pipeline", text_or_none(page.pipeline));
  root.set("generated", text_or_none(page.generated));
  root.set("prompt", text_or_none(page.prompt));
  root.set("announced", number_or_none(page.counts.announced));
  root.set("approximate", data(page.receipt.is_approximate));
  root.set("scanned", number_or_none(page.counts.scanned));
  root.set("selected",
           std::to_string(page.counts.selected.value_or(static_cast<std::int64_t>(page.papers.size()))));
  root.set("unscored_count", std::to_string(digest::unscored_count(page)));
  root.set("near_miss_count", std::to_string(page.near_misses.size()));
  root.set("has_unscored", data(!page.unscored.empty()));
  root.set("has_near_misses", data(!page.near_misses.empty()));
  root.set("has_usage", data(!page.usage.empty()));
  root.set("has_receipt", data(!page.receipt.rows.empty()));
  root.set("receipt_closes", data(page.receipt.closes.value_or(true)));
  // Escaped when printed, like every value.
  std::vector<std::string> sentences;
  for (auto& problem : digest::problems(page))
    sentences.push_back(std::move(problem.sentence));
  root.set("incomplete", data(!sentences.empty()));
  root.set("problems", string_list(sentences));
  root.set("warnings", string_list(page.warnings));
  root.set("remedial", remedial_data(page.remedial, options.remedial_date_format));
  root.set("usage", usage_list(page.usage));
  root.set("receipt", receipt_list(page.receipt));
  root.set("papers", paper_list(page.papers));
  root.set("unscored", paper_list(page.unscored));
  root.set("near_misses", paper_list(page.near_misses));
  return root;
}

// --- names
// -----------------------------------------------------------------------------------------------------------

// Mustache prints nothing for a name it does not know; a typing error would be found weeks later. Every name
// of a page is always set, so one that is not found is a mistake. (An axis is not: a paper may lack it.)
class CheckedNames : public mustache::context<std::string> {
 public:
  explicit CheckedNames(const data* root) : mustache::context<std::string>(root) {}

  const data* get(const std::string& name) const override {
    const data* found = mustache::context<std::string>::get(name);
    if (found == nullptr && !is_part_of_known(name)) note(name);
    return found;
  }

  const data* get_partial(const std::string& name) const override {
    note("> " + name);
    return nullptr;
  }

  const std::optional<std::string>& unknown() const { return unknown_; }

 private:
  // "score.novelty" of a paper without it, "remedial.from" of a digest made in time: rightly nothing.
  bool is_part_of_known(const std::string& name) const {
    const std::size_t dot = name.find('.');
    return dot != std::string::npos && dot > 0 &&
           mustache::context<std::string>::get(name.substr(0, dot)) != nullptr;
  }

  void note(const std::string& name) const {
    if (!unknown_) unknown_ = name;
  }

  mutable std::optional<std::string> unknown_;
};

// --- messages
// --------------------------------------------------------------------------------------------------------

std::string place(const std::string& text, std::size_t offset) {
  const std::size_t end = std::min(offset, text.size());
  const std::size_t newline = end == 0 ? std::string::npos : text.rfind('\n', end - 1);
  const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end), '\n');
  const std::size_t start = newline == std::string::npos ? 0 : newline + 1;
  return "line " + std::to_string(line) + ", column " + std::to_string(end - start + 1);
}

[[noreturn]] void refuse(const std::string& path, const std::string& what) {
  throw TemplateError("The template " + path + " cannot be used: " + what + ".");
}

// The library ends each of its messages with " at OFFSET".
[[noreturn]] void fail_syntax(const std::string& path, const std::string& text, const std::string& message) {
  const std::size_t at = message.rfind(" at ");
  std::size_t offset = 0;
  const char* end = message.data() + message.size();
  const bool placed =
      at != std::string::npos && std::from_chars(message.data() + at + 4, end, offset).ptr == end;
  std::string what = placed ? message.substr(0, at) : message;
  if (!what.empty()) what[0] = common::to_lower(what[0]);
  refuse(path, placed ? place(text, offset) + ": " + what : what);
}

[[noreturn]] void fail_name(const std::string& path, const std::string& name) {
  if (name.rfind("> ", 0) == 0)
    refuse(path, "it includes \"" + name.substr(2) + "\", and templates cannot include others");
  refuse(path, "no page has a \"" + name + "\"; `gleaner describe markdown` lists the names");
}

}  // namespace

std::string template_page(const digest::Page& page, const ClassicOptions& options, const std::string& text,
                          const std::string& path) {
  try {
    mustache::mustache parsed(text);
    if (!parsed.is_valid()) fail_syntax(path, text, parsed.error_message());
    parsed.set_custom_escape(
        [&options](const std::string& value) { return escape_text(value, options.escape); });
    const data root = page_data(page, options);
    CheckedNames names(&root);
    std::string result = parsed.render(names);
    if (!parsed.is_valid()) fail_syntax(path, text, parsed.error_message());
    if (names.unknown()) fail_name(path, *names.unknown());
    return result;
  } catch (const TemplateError&) {
    throw;
  } catch (const std::out_of_range&) {
    refuse(path, "it ends in the middle of a tag");  // the parser reads past such an end
  }
}

}  // namespace gleaner::markdown
