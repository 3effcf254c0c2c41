// A folder with every answer a run got, to run it again without a network (--record, --replay).
//
// Each answer is two files, NAME.json and NAME.body, where NAME is the request's key and how many times it
// had been asked: "5f0c…-1". So nothing depends on the order in which answers came. Body files hold the
// decompressed bytes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>

#include "host/services/http/types.hpp"

namespace gleaner::host::http {

/// Why a cassette cannot be used. what() is a sentence that names the folder.
class CassetteError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Any thread. Files are for their owner alone (0600), written beside and renamed; they never hold a secret
/// that `clean` knows, a header that may hold one, cookies, or the token of a login.
class Cassette {
 public:
  /// Makes the folder where it is missing. What it has of the same requests is replaced, what a killed
  /// recording had half written goes; the rest stays. Throws CassetteError.
  [[nodiscard]] static Cassette to_record(std::filesystem::path folder, Cleaner clean);
  /// Throws CassetteError when there is no such folder.
  [[nodiscard]] static Cassette to_replay(std::filesystem::path folder, Cleaner clean);

  /// One asking of one request.
  struct Place {
    std::string key;
    unsigned nth = 1;
  };
  /// The next place of that request. Called when it is submitted.
  [[nodiscard]] Place next_place(const std::string& key);

  /// Never throws for a file that could not be written: see problem().
  void write(const Place& place, const Request& request, const Response& response);
  /// What was recorded there, with no attempts and no time taken. What is not there, or damaged, is
  /// Outcome::bad_request with a sentence.
  [[nodiscard]] Response read(const Place& place, const Request& request) const;

  /// One sentence about the first answer that could not be written; empty: the cassette is whole.
  [[nodiscard]] std::string problem() const;

 private:
  Cassette(std::filesystem::path folder, Cleaner clean);

  [[nodiscard]] std::filesystem::path file(const Place& place, const char* extension) const;
  void erase_from(Place place) const;

  std::filesystem::path folder_;
  Cleaner clean_;
  bool records_ = false;
  mutable std::unique_ptr<std::mutex> mutex_ = std::make_unique<std::mutex>();  ///< guards what follows
  std::map<std::string, unsigned> asked_;
  std::string problem_;
};

}  // namespace gleaner::host::http
