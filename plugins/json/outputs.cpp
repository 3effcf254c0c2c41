// SPDX-License-Identifier: Apache-2.0
#include "plugins/json/outputs.hpp"

#include "plugins/json/json_text.hpp"

namespace gleaner::json {
namespace {

constexpr std::size_t kBlock = std::size_t{64} << 10;  // bytes handed to the file at once

}  // namespace

void JsonOutput::deliver(const Digest& digest) const {
  if (options.pretty)
    host.write_file(digest.call(), options.path, indented(digest.json()));
  else
    host.write_file(digest.call(), options.path, digest.json());
}

void JsonlOutput::begin(const Digest& digest) {
  file_.reset();  // of an attempt before, given up
  buffer_.clear();
  file_.emplace(host, digest.call(), options.path);
}

void JsonlOutput::write(const Call& call, std::span<const Entry> entries) {
  for (const Entry& entry : entries) {
    append_paper(buffer_, entry);
    buffer_ += '\n';
    if (buffer_.size() < kBlock) continue;
    file_->write(call, buffer_);
    buffer_.clear();
  }
}

void JsonlOutput::end(const Call& call, bool complete) {
  if (complete) {
    file_->write(call, buffer_);
    file_->commit(call);
  }
  file_.reset();
  buffer_.clear();
}

}  // namespace gleaner::json
