#include "host/services/http/cassette.hpp"

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include "host/services/http/cassette_text.hpp"
#include "host/services/http/group_file.hpp"
#include "host/services/http/request_key.hpp"
#include "host/services/temporary.hpp"

namespace gleaner::host::http {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(int error) {
  throw std::system_error(error, std::generic_category());
}

/// Whole or not at all. Throws std::system_error.
void write_file(const fs::path& file, std::string_view bytes) {
  std::string beside;
  const FileDescriptor out(make_temporary(file, beside));
  if (out.get() < 0) fail(errno);
  if (write_all(out.get(), bytes) && ::rename(beside.c_str(), file.c_str()) == 0) return;
  const int why = errno;
  ::unlink(beside.c_str());
  fail(why);
}

std::optional<std::string> read_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  std::string bytes(std::istreambuf_iterator<char>(in), {});
  if (in.bad()) return std::nullopt;
  return bytes;
}

}  // namespace

Cassette::Cassette(fs::path folder, Cleaner clean) : folder_(std::move(folder)), clean_(std::move(clean)) {}

Cassette Cassette::to_record(fs::path folder, Cleaner clean) {
  std::error_code error;
  if (fs::create_directories(folder, error)) fs::permissions(folder, fs::perms::owner_all, error);
  if (error || ::access(folder.c_str(), W_OK | X_OK) != 0) {
    const auto why = error ? error : std::error_code(errno, std::generic_category());
    throw CassetteError(
        fmt::format("The cassette {} cannot be written: {}.", folder.string(), why.message()));
  }
  remove_all_leftovers(folder);
  Cassette cassette(std::move(folder), std::move(clean));
  cassette.records_ = true;
  return cassette;
}

Cassette Cassette::to_replay(fs::path folder, Cleaner clean) {
  if (!fs::is_directory(folder)) {
    throw CassetteError(
        fmt::format("There is no cassette {}; make one with --record {}.", folder.string(), folder.string()));
  }
  return {std::move(folder), std::move(clean)};
}

Cassette::Place Cassette::next_place(const std::string& key) {
  const std::lock_guard lock(*mutex_);
  Place place{key, ++asked_[key]};
  if (records_ && place.nth == 1) erase_from(place);
  return place;
}

void Cassette::write(const Place& place, const Request& request, const Response& response) {
  try {
    const auto body = clean_body(response.body, clean_);
    // The description comes last: an answer without it is not there.
    write_file(file(place, ".body"), body);
    write_file(file(place, ".json"), cassette_text(request, response, place.nth, body.size(), clean_));
  } catch (const std::exception& error) {
    const auto* system = dynamic_cast<const std::system_error*>(&error);
    const std::string why = system != nullptr ? system->code().message() : error.what();
    const std::lock_guard lock(*mutex_);
    if (!problem_.empty()) return;
    problem_ = fmt::format("The cassette {} is not whole: the answer to {} {} could not be written ({}).",
                           folder_.string(), request.method, clean_url(request.url, clean_), why);
  }
}

Response Cassette::read(const Place& place, const Request& request) const {
  const auto name = file(place, ".json");
  Response response;
  response.outcome = Outcome::bad_request;
  response.effective_url = request.url;
  const auto text = read_file(name);
  if (!text) {
    const auto again = place.nth > 1 ? fmt::format(" (asked {} times)", place.nth) : "";
    response.error = fmt::format("{} {}{} is not on the cassette {}; record it again with --record.",
                                 request.method, clean_url(request.url, clean_), again, folder_.string());
    return response;
  }
  auto recorded = read_cassette_text(*text);
  auto body = read_file(file(place, ".body"));
  if (!recorded || !body || body->size() != recorded->body_bytes) {
    response.error =
        fmt::format("{} on the cassette is damaged; record it again with --record.", name.string());
    return response;
  }
  response = std::move(recorded->response);
  response.body = std::move(*body);
  // What was blacked out in the address is known to the one who asks.
  if (response.effective_url == clean_url(request.url, clean_)) response.effective_url = request.url;
  return response;
}

std::string Cassette::problem() const {
  const std::lock_guard lock(*mutex_);
  return problem_;
}

fs::path Cassette::file(const Place& place, const char* extension) const {
  return folder_ / fmt::format("{}-{}{}", place.key, place.nth, extension);
}

/// An earlier recording of the request, which may have asked more often than this one will.
void Cassette::erase_from(Place place) const {
  std::error_code ignored;
  while (fs::remove(file(place, ".json"), ignored)) {
    fs::remove(file(place, ".body"), ignored);
    ++place.nth;
  }
}

}  // namespace gleaner::host::http
