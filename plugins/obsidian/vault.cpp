// SPDX-License-Identifier: Apache-2.0
#include "plugins/obsidian/vault.hpp"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <system_error>

#include "plugins/common/digest/handed.hpp"
#include "plugins/common/kept_file.hpp"
#include "plugins/obsidian/names.hpp"

namespace gleaner::obsidian {
namespace {

constexpr std::uint64_t kLargestNote = 8ull << 20;  // bytes

void check_folder(const std::string& folder, const std::string& option) {
  if (!is_safe_folder(folder))
    throw invalid_option(option, "\"" + folder + "\" is no folder inside of `path`: give a name such as \"" +
                                     option + "\", without .. and without \\ : * ? \" < > | # ^ [ ].");
}

std::string without_extension(std::string name) {
  return name.erase(name.size() - 3);
}

}  // namespace

void Vault::start() {
  if (options.path.is_standard_stream())
    throw invalid_option("path", "A vault is a folder of notes; standard output cannot hold it.");
  check_folder(options.papers, "papers");
  check_folder(options.days, "days");
  for (std::size_t i = 0; i < options.tags.size(); ++i)
    if (tag_of(options.tags[i]).empty())
      throw invalid_option("tags/" + std::to_string(i),
                           "\"" + options.tags[i] + "\" is no tag; a tag has letters.");
}

std::map<std::string, std::string> Vault::names_there() const {
  std::map<std::string, std::string> out;
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::path(options.path.text) / options.papers;
  for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename().string();
    if (!name.ends_with(".md")) continue;
    std::string& there = out[name.substr(0, std::min(name.find(' '), name.size() - 3))];
    if (there.empty() || name < there) there = name;  // of two, the same one at every run
  }
  return out;
}

void Vault::write_note(const Call& call, const std::string& file, const Note& note) const {
  const Path path{options.path.text + "/" + file};
  const auto there = common::read_kept_file(path.text, kLargestNote);
  if (!there) return host.write_file(call, path, new_file(note));
  const auto updated = updated_file(*there, note);
  if (!updated)
    host.info("The note " + path.text + " has no part for Gleaner any more; it was left as it is.");
  else if (*updated != *there)
    host.write_file(call, path, *updated);
}

void Vault::deliver(const Digest& digest) const {
  const digest::Page page = digest::page_of(digest.json());
  const std::string date(digest.date());
  const std::string day_file = day_name(digest.pipeline(), date);
  const auto there = names_there();
  std::vector<Filed> filed;
  for (const digest::Paper& paper : page.papers) {
    const auto known = there.find(id_part(paper.id));
    const std::string name = known != there.end()    ? known->second
                             : options.names == "id" ? id_part(paper.id) + ".md"
                                                     : note_name(paper.id, paper.title);
    filed.push_back({&paper, without_extension(name)});
    write_note(digest.call(), options.papers + "/" + name,
               paper_note(paper, options.tags, date, without_extension(day_file)));
    digest.call().progress(filed.size(), page.papers.size(), "notes");
    digest.call().stop_if_cancelled();
  }
  write_note(digest.call(), options.days + "/" + day_file, day_note(page, date, filed, options.tags));
}

}  // namespace gleaner::obsidian
