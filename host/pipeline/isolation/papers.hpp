// The structs of abi.h as bytes and back. What is written is copied; what is read points into the bytes and
// into the shelf it was put on.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include <gleaner/abi.h>
#include <gleaner/ext/http.h>

#include "host/pipeline/isolation/wire.hpp"

namespace gleaner::host::isolation {

void write_texts(Writer& to, const gleaner_str* items, std::uint64_t count);
void write_pairs(Writer& to, const gleaner_pair* items, std::uint64_t count);
/// A paper whose maker may know fewer fields than we do.
void write_paper(Writer& to, const gleaner_paper& paper);
void write_entries(Writer& to, const gleaner_entry* const* entries, std::uint64_t count);
void write_digest(Writer& to, const gleaner_digest& digest);
void write_day(Writer& to, const gleaner_day& day);
void write_config(Writer& to, const gleaner_config& config);
void write_request(Writer& to, const gleaner_http_request& request);
void write_response(Writer& to, const gleaner_http_response& response);

/// Arrays that what was read points at. They stay where they are as long as the shelf.
class Shelf {
 public:
  void clear();
  std::span<const gleaner_str> texts(Unpacker& from);
  std::span<const gleaner_pair> pairs(Unpacker& from);
  gleaner_paper paper(Unpacker& from);
  /// The papers of a batch, one after the other.
  std::span<const gleaner_paper* const> papers(Unpacker& from);
  std::span<const gleaner_entry* const> entries(Unpacker& from);
  gleaner_digest digest(Unpacker& from);
  gleaner_day day(Unpacker& from);
  gleaner_config config(Unpacker& from);
  gleaner_http_request request(Unpacker& from);
  gleaner_http_response response(Unpacker& from);

 private:
  template <class T>
  std::span<T> room(std::vector<std::vector<T>>& blocks, std::size_t& used, std::size_t count);

  // Blocks are kept from call to call: a batch needs about as much as the one before it.
  std::vector<std::vector<gleaner_str>> texts_;
  std::vector<std::vector<gleaner_pair>> pairs_;
  std::size_t texts_used_ = 0;
  std::size_t pairs_used_ = 0;
  std::deque<gleaner_paper> papers_;
  std::vector<const gleaner_paper*> views_;
  std::deque<gleaner_entry> entries_;
  std::deque<std::vector<const gleaner_entry*>> entry_views_;
  std::deque<std::vector<gleaner_number>> numbers_;
  std::vector<gleaner_value> values_;
};

}  // namespace gleaner::host::isolation
