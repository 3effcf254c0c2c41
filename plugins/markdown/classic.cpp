#include "classic.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "notice.hpp"
#include "plugins/common/digest/dates.hpp"
#include "plugins/common/digest/links.hpp"
#include "plugins/common/numbers.hpp"

namespace gleaner::markdown {
namespace {

// A page is blocks with a blank line between them. A block may be empty: the old pages have such blocks for a
// paper without scores and for a day without papers, and readers' scripts split on what they leave behind.
using Blocks = std::vector<std::string>;

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += separator;
    text += parts[i];
  }
  return text;
}

std::string join_blocks(const Blocks& blocks) {
  return join(blocks, "\n\n");
}

class Classic {
 public:
  Classic(const digest::Page& page, const ClassicOptions& options) : page_(page), options_(options) {}

  std::string write() const {
    Blocks blocks;
    add_head(blocks);
    add_contents(blocks);
    blocks.push_back("---");
    blocks.push_back(paper_blocks());
    blocks.push_back("---");
    add_unscored(blocks);
    add_near_misses(blocks);
    if (page_.prompt.empty()) return join_blocks(blocks) + "\n";
    blocks.push_back("# Paper Selection Prompt");
    blocks.push_back(page_.prompt);
    return join_blocks(blocks);
  }

 private:
  std::string text(std::string_view raw) const { return escape_text(raw, options_.escape); }

  void add_head(Blocks& blocks) const {
    if (auto notice = incomplete_notice(page_, options_.escape); !notice.empty())
      blocks.push_back(std::move(notice));
    if (page_.remedial) blocks.push_back(remedial_note(*page_.remedial));
    blocks.push_back(heading());
    for (const digest::Usage& usage : by_model(page_.usage)) {
      blocks.push_back(usage_table(usage, options_.model_format, options_.table_align, options_.escape));
    }
    add_total(blocks, options_.totals[0], page_.counts.announced, page_.receipt.is_approximate);
    add_total(blocks, options_.totals[1], page_.counts.scanned);
    add_total(blocks, options_.totals[2],
              page_.counts.selected.value_or(static_cast<std::int64_t>(page_.papers.size())));
  }

  std::string remedial_note(const digest::Remedial& remedial) const {
    const auto day = [this](const digest::Date& date) {
      return digest::format_date(date, options_.remedial_date_format);
    };
    std::string note = "> This is a remedial run for missed papers from " + day(remedial.from) + " to " +
                       day(remedial.to) + ".";
    if (remedial.generated) note += "\n> \n> Results generated on " + day(*remedial.generated) + ".";
    return note;
  }

  std::string heading() const {
    std::string line = "#";
    if (!page_.title.empty()) line += " " + text(page_.title);
    const std::string day = digest::format_date(page_.date, options_.date_format);
    if (!day.empty()) line += " " + day;
    return line;
  }

  static void add_total(Blocks& blocks, const std::string& label, std::optional<std::int64_t> count,
                        bool approximate = false) {
    if (count) blocks.push_back(label + ": " + (approximate ? "about " : "") + std::to_string(*count));
  }

  void add_contents(Blocks& blocks) const {
    blocks.push_back("**Table of contents with paper titles:**");
    Blocks entries;
    for (std::size_t i = 0; i < page_.papers.size(); ++i)
      entries.push_back(contents_entry(page_.papers[i], i + 1));
    blocks.push_back(join_blocks(entries));
  }

  std::string contents_entry(const digest::Paper& paper, std::size_t index) const {
    const std::string number = std::to_string(index);
    // GitHub puts "user-content-" in front of every anchor a page sets itself.
    return number + ". [" + text(paper.title) + "](#user-content-link" + number + ")" +
           authors_after(paper, "\n");
  }

  std::string paper_blocks() const {
    std::vector<std::string> sections;
    for (std::size_t i = 0; i < page_.papers.size(); ++i) {
      sections.push_back(join_blocks(paper_section(page_.papers[i], i + 1)));
    }
    return join(sections, "\n\n---\n\n");
  }

  Blocks paper_section(const digest::Paper& paper, std::size_t index) const {
    const std::string number = std::to_string(index);
    Blocks blocks;
    blocks.push_back("## " + number + ". " + linked_title(paper) + " <a id=\"link" + number + "\"></a>");
    blocks.push_back("**" + std::string(digest::id_label(paper.id)) + ":** " + text(paper.id));
    if (paper.authors) blocks.push_back(authors_after(paper, ""));
    if (paper.abstract) blocks.push_back("**Abstract:** " + text(*paper.abstract));
    if (!paper.summary.empty()) blocks.push_back("**Summary:** " + text(paper.summary));
    if (paper.comment) blocks.push_back("**Comment:** " + text(*paper.comment));
    blocks.push_back(score_lines(paper));
    // A complete run's page has nothing but the classic lines.
    if (page_.complete == false && !paper.flag.empty()) blocks.push_back("**Flag:** " + text(paper.flag));
    return blocks;
  }

  std::string linked_title(const digest::Paper& paper) const {
    const std::string url = options_.escape == Escape::none ? digest::paper_url(paper)
                                                            : digest::safe_url(digest::paper_url(paper));
    if (url.empty()) return text(paper.title);
    return "[" + text(paper.title) + "](" + url + ")";
  }

  std::string authors_after(const digest::Paper& paper, std::string_view before) const {
    if (!paper.authors) return {};
    std::vector<std::string> names;
    for (const std::string& name : *paper.authors)
      names.push_back(text(name));
    return std::string(before) + "**Authors:** " + join(names, ", ");
  }

  std::string score_lines(const digest::Paper& paper) const {
    std::vector<std::string> lines;
    for (const digest::Axis& axis : shown_axes(paper)) {
      lines.push_back("**" + text(axis_label(axis.name)) + ":** " + format_score(axis.value));
    }
    return join(lines, "\n");
  }

  void add_unscored(Blocks& blocks) const {
    if (page_.unscored.empty()) return;
    blocks.push_back("# Unscored Papers");
    blocks.push_back("No score was obtained for these papers; the next run takes them first.");
    blocks.push_back(short_list(page_.unscored, Flags::shown));
    blocks.push_back("---");
  }

  void add_near_misses(Blocks& blocks) const {
    const bool wanted = options_.near_misses || digest::asks_for(page_, "near_misses");
    if (!wanted || page_.near_misses.empty()) return;
    blocks.push_back("# Near Misses");
    blocks.push_back("These papers came closest to being selected.");
    blocks.push_back(short_list(page_.near_misses, Flags::hidden));
    blocks.push_back("---");
  }

  enum class Flags { hidden, shown };
  std::string short_list(const std::vector<digest::Paper>& papers, Flags flags) const {
    Blocks entries;
    for (std::size_t i = 0; i < papers.size(); ++i) {
      const digest::Paper& paper = papers[i];
      std::string entry = std::to_string(i + 1) + ". " + linked_title(paper);
      if (paper.total) entry += " (total " + format_score(*paper.total) + ")";
      entry += authors_after(paper, "\n");
      if (paper.comment && !paper.comment->empty()) entry += "\n**Comment:** " + text(*paper.comment);
      if (flags == Flags::shown && !paper.flag.empty()) entry += "\n**Flag:** " + text(paper.flag);
      entries.push_back(std::move(entry));
    }
    return join_blocks(entries);
  }

  const digest::Page& page_;
  const ClassicOptions& options_;
};

// Where an axis stands on the page: the two of the old pages first, the others as the digest has them.
int axis_rank(const digest::Axis& axis) {
  if (axis.name == "relevance") return 0;
  return axis.name == "novelty" ? 1 : 2;
}

}  // namespace

std::string classic_page(const digest::Page& page, const ClassicOptions& options) {
  return Classic(page, options).write();
}

std::string format_score(double value) {
  return common::number_text(value);
}

std::string axis_label(std::string_view name) {
  std::string label(name);
  if (!label.empty() && label[0] >= 'a' && label[0] <= 'z')
    label[0] = static_cast<char>(label[0] - 'a' + 'A');
  return label;
}

std::vector<digest::Axis> shown_axes(const digest::Paper& paper) {
  std::vector<digest::Axis> axes;
  for (const digest::Axis& axis : paper.scores) {
    const bool bare = axis.name.find('.') == std::string::npos;  // "STAGE.axis" repeats what a bare axis says
    if (bare && !std::isnan(axis.value)) axes.push_back(axis);
  }
  std::stable_sort(axes.begin(), axes.end(),
                   [](const digest::Axis& a, const digest::Axis& b) { return axis_rank(a) < axis_rank(b); });
  return axes;
}

}  // namespace gleaner::markdown
