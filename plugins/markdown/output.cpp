// SPDX-License-Identifier: Apache-2.0
#include "plugins/markdown/output.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

#include "plugins/common/digest/handed.hpp"
#include "plugins/markdown/template.hpp"

namespace gleaner::markdown {
namespace {

TableAlign align_of(const std::string& word) {
  if (word == "left") return TableAlign::left;
  return word == "center-wide" ? TableAlign::center_wide : TableAlign::center;
}

Error unreadable_template(const std::string& path, int error) {
  return invalid_option("template", "The template " + path + " could not be read: " +
                                        std::generic_category().message(error) + ".");
}

std::string read_template(const std::string& path) {
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  const std::unique_ptr<std::FILE, Close> file(std::fopen(path.c_str(), "rb"));
  if (!file) throw unreadable_template(path, errno);
  std::string text;
  char block[16384];
  std::size_t size = 0;
  while ((size = std::fread(block, 1, sizeof block, file.get())) > 0)
    text.append(block, size);
  if (std::ferror(file.get()) != 0) throw unreadable_template(path, errno);  // a folder, for one
  return text;
}

}  // namespace

void Markdown::start() {
  if (options.totals.size() != classic_.totals.size())
    throw invalid_option("totals",
                         "`totals` has to be three names, of the announced, the scanned and the "
                         "relevant papers, not " +
                             std::to_string(options.totals.size()) + ".");
  if (options.template_file.is_standard_stream())
    throw invalid_option("template", "A template cannot be read from standard input; name its file.");
  std::copy(options.totals.begin(), options.totals.end(), classic_.totals.begin());
  classic_.date_format = options.date_format;
  classic_.remedial_date_format = options.remedial_date_format;
  classic_.table_align = align_of(options.table_align);
  classic_.model_format = options.model_format;
  classic_.escape = options.escape == "none" ? Escape::none : Escape::safe;
  classic_.near_misses = options.near_misses;
}

std::string Markdown::render(const Digest& digest) const {
  const digest::Page page = digest::page_of(digest.json());
  if (options.template_file.empty()) return classic_page(page, classic_);
  // Read now and not in start(): who edits a template wants the next page to have it, without a new run.
  const std::string& path = options.template_file.text;
  try {
    return template_page(page, classic_, read_template(path), path);
  } catch (const TemplateError& error) {
    throw invalid_option("template", error.what());
  }
}

}  // namespace gleaner::markdown
