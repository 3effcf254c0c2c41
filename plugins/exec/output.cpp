// SPDX-License-Identifier: Apache-2.0
#include "plugins/exec/output.hpp"

#include <algorithm>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "plugins/exec/component.hpp"
#include "plugins/exec/sentences.hpp"

namespace gleaner::exec {

void ExecOutput::health(const Call& call) {
  check_program(options, host, facts_of(Role::output, instance_name, contact, call), call);
}

void ExecOutput::deliver(const Digest& digest) {
  Facts facts = facts_of(Role::output, instance_name, contact, digest.call());
  facts.date = std::string(digest.date());
  facts.more["key"] = std::string(digest.key());
  facts.more["attempt"] = digest.raw().attempt;
  Program program(options, host, facts, digest.call());
  program.expect([] { return "the digest was delivered"; });
  send(program, digest);
  std::optional<FileWriter> page;
  if (!options.path.empty()) page.emplace(host, digest.call(), options.path);
  if (options.handshake)
    take_lines(program, digest.call(), page);
  else
    take_page(program, digest.call(), page);
  if (!program.ending().is_clean()) throw program.ended();
  if (page) page->commit(digest.call());
}

void ExecOutput::send(Program& program, const Digest& digest) const {
  std::string line(digest.json());
  std::replace(line.begin(), line.end(), '\n', ' ');  // white space between tokens; in a text it is escaped
  line += '\n';
  program.send(line);
  program.end_input();
}

void ExecOutput::take_page(Program& program, const Call& call, std::optional<FileWriter>& page) const {
  std::string bytes;
  std::string rest;
  while (program.read(call, bytes)) {
    if (page) {
      page->write(call, bytes);
      continue;
    }
    rest += bytes;
    for (std::size_t end = rest.find('\n'); end != std::string::npos; end = rest.find('\n')) {
      host.debug(program.name() + ": " + rest.substr(0, end));
      rest.erase(0, end + 1);
    }
    if (rest.size() > kLongestLine) rest.clear();
  }
}

void ExecOutput::take_lines(Program& program, const Call& call, std::optional<FileWriter>& page) const {
  while (const auto line = program.next(call, {})) {
    const auto* text = line->object.if_contains("write");
    if (text == nullptr || !text->is_string()) continue;
    if (!page)
      throw Error(program.name() + " wrote a page, and the output has no place for it; give it a `path`.",
                  GLEANER_INVALID, "/path");
    page->write(call, {text->get_string().data(), text->get_string().size()});
  }
}

}  // namespace gleaner::exec
