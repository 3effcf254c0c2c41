#include "paid.hpp"

#include <array>

#include <gleaner/chat/value.hpp>

namespace gleaner::chat {
namespace {

// Longer than anybody looks back, shorter than for ever: the state file must not grow without end.
constexpr std::uint64_t kept_s = 400ULL * 24 * 3600;

// FNV-1a with 64 bits (Fowler, Noll, Vo), from two starts: 128 bits against chance, which is all that is
// asked.
std::uint64_t fnv(std::span<const std::string_view> parts, std::uint64_t start) {
  std::uint64_t hash = start;
  const auto add = [&hash](unsigned char byte) { hash = (hash ^ byte) * 0x100000001B3ULL; };
  for (const auto part : parts) {
    for (const char c : part)
      add(static_cast<unsigned char>(c));
    add(0xFF);  // no UTF-8 text holds it: "ab" + "c" is not "a" + "bc"
  }
  return hash;
}

void append_hex(std::string& to, std::uint64_t value) {
  constexpr std::string_view digits = "0123456789abcdef";
  for (int shift = 60; shift >= 0; shift -= 4)
    to += digits[(value >> shift) & 0xF];
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? " and " : ", ";
    out += words[i];
  }
  return out;
}

}  // namespace

std::string fingerprint(std::span<const std::string_view> parts) {
  std::string out;
  append_hex(out, fnv(parts, 0xCBF29CE484222325ULL));
  append_hex(out, fnv(parts, 0x9AE16A3B2F90404FULL));
  return out;
}

Paid::Paid(const Host& host, std::string_view kind,
           const std::vector<std::pair<std::string, std::string>>& circumstances)
    : host_(host), kind_(kind) {
  std::vector<std::string_view> all{kind_};
  for (const auto& [name, value] : circumstances) {
    const std::array<std::string_view, 1> one{value};
    parts_.emplace_back(name, fingerprint(one));
  }
  for (const auto& [name, print] : parts_)
    all.push_back(print);
  all_ = fingerprint(all);
}

std::string Paid::key(std::string_view circumstances, const Paper& paper) const {
  return kind_ + " " + std::string(circumstances) + " " + std::string(paper.id()) + "v" +
         std::to_string(paper.version());
}

std::optional<std::string> Paid::get(const Paper& paper) const {
  return host_.get(key(all_, paper));
}

void Paid::put(std::span<const std::pair<Paper, std::string>> words) const {
  std::vector<std::pair<std::string, std::string>> rows;
  rows.reserve(words.size());
  for (const auto& [paper, value] : words)
    rows.emplace_back(key(all_, paper), value);
  host_.put_all(rows, kept_s);
}

Paid::Again Paid::again(std::span<const Paper> papers) const {
  Again out;
  const auto kept = host_.get(kind_ + " circumstances");
  const auto last = kept ? parse(*kept) : std::nullopt;
  if (!last || (*last)["all"].text() == all_) return out;
  const auto before = (*last)["all"].text();
  for (std::size_t i = 0; i < papers.size(); ++i)
    if (host_.get(key(before, papers[i]))) out.papers.push_back(i);
  if (out.papers.empty()) return out;
  std::vector<std::string> changed;
  for (const auto& [name, print] : parts_)
    if ((*last)["parts"][name].text() != print) changed.push_back(name);
  out.changed = joined(changed);
  return out;
}

void Paid::note_circumstances() const {
  Value parts = Value::object();
  for (const auto& [name, print] : parts_)
    parts.set(name, print);
  const std::string now = write(Value::object({{"all", all_}, {"parts", parts}}));
  const std::string place = kind_ + " circumstances";
  if (host_.get(place) != now) host_.put(place, now, kept_s);
}

}  // namespace gleaner::chat
