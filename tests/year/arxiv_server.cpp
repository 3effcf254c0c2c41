#include "tests/year/arxiv_server.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <sstream>
#include <vector>

#include "tests/year/pages.hpp"

namespace gleaner::year {
namespace {

// As arXiv's: letters and digits without the quotes RFC 9110 wants.
std::string tag_of(const std::string& body) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;  // FNV-1a
  for (const char c : body)
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  std::array<char, 17> text{};
  std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(hash));
  return text.data();
}

// "cs.LG+stat.ML"
std::vector<std::string> split(const std::string& query) {
  std::vector<std::string> out;
  std::istringstream text(query);
  for (std::string category; std::getline(text, category, '+');)
    out.push_back(category);
  return out;
}

}  // namespace

void ArxivServer::set_today(const std::string& date) {
  const std::lock_guard lock(mutex_);
  today_ = date;
}

void ArxivServer::set_stale(const std::string& category) {
  const std::lock_guard lock(mutex_);
  stale_ = category;
}

void ArxivServer::set_unavailable(bool is_unavailable) {
  const std::lock_guard lock(mutex_);
  is_unavailable_ = is_unavailable;
}

void ArxivServer::set_pace(std::chrono::milliseconds pace) {
  const std::lock_guard lock(mutex_);
  pace_ = pace;
}

void ArxivServer::add_page(const std::string& path, std::string body) {
  const std::lock_guard lock(mutex_);
  pages_[path] = std::move(body);
}

void ArxivServer::remove_page(const std::string& path) {
  const std::lock_guard lock(mutex_);
  pages_.erase(path);
}

Answer ArxivServer::answer(const Asked& asked) const {
  const std::lock_guard lock(mutex_);
  if (is_unavailable_) return {.status = 503, .body = "Service Unavailable", .after = pace_};
  const std::string path = asked.target.substr(0, asked.target.find('?'));
  std::string body = page(path);
  if (body.empty()) return {.status = 404, .body = "No such page", .after = pace_};
  const std::string tag = tag_of(body);
  if (const auto known = asked.headers.find("if-none-match");
      known != asked.headers.end() && known->second == tag)
    return {.status = 304, .headers = {{"ETag", tag}}, .after = pace_};
  const bool is_page = path.starts_with("/list/") || path.starts_with("/catchup/");
  return {.headers = {{"Content-Type", is_page ? "text/html; charset=utf-8" : "application/rss+xml"},
                      {"ETag", tag}},
          .body = std::move(body),
          .after = pace_};
}

std::string ArxivServer::page(const std::string& path) const {
  if (const auto own = pages_.find(path); own != pages_.end()) return own->second;
  if (path.starts_with("/rss/")) return feed_page(world_, split(path.substr(5)), today_, stale_);
  for (const std::string& category : world_.categories()) {
    if (path == "/list/" + category + "/new") return new_page(world_, category, today_);
    const std::string before = "/catchup/" + category + "/";
    if (path.starts_with(before)) return catch_up_page(world_, category, path.substr(before.size()));
  }
  return {};
}

}  // namespace gleaner::year
