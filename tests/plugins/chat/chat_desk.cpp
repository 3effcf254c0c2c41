#include "tests/plugins/chat/chat_desk.hpp"

#include <array>
#include <cstdio>
#include <limits>

namespace gleaner::chat_test {
namespace {

namespace json = boost::json;
namespace fs = std::filesystem;

constexpr std::string_view criteria = R"(Help me choose today's papers.

1. Tides: measuring, forecasting or explaining tides. Not: waves of other kinds.
2. Harbours: pilots, dredging, moorings. Not: the history of ports.

[PAPER LIST HERE]

Judge each paper by these two criteria.
)";

}  // namespace

std::string paper_id(std::size_t number) {
  std::array<char, 32> out{};
  std::snprintf(out.data(), out.size(), "2511.%05zu", number);
  return out.data();
}

DigestRead::DigestRead(const std::string& text) : root_(json::parse(text).as_object()) {}

std::vector<std::string> DigestRead::ids(std::string_view list) const {
  std::vector<std::string> out;
  for (const auto& paper : root_.at(list).as_array())
    out.emplace_back(paper.at("id").as_string());
  return out;
}

double DigestRead::score(std::string_view id, std::string_view axis) const {
  for (const auto& paper : root_.at("papers").as_array())
    if (paper.at("id").as_string() == id) return paper.at("scores").at(axis).to_number<double>();
  return std::numeric_limits<double>::quiet_NaN();
}

double DigestRead::used(std::string_view column) const {
  const auto& rows = root_.at("usage").as_array();
  if (rows.empty()) return 0;
  const auto& value = rows.at(0).at(column);
  return value.is_null() ? std::numeric_limits<double>::quiet_NaN() : value.to_number<double>();
}

ChatDesk::ChatDesk(std::size_t papers) {
  set("MODEL_KEY", std::string(FakeModel::key));
  std::string lines;
  for (std::size_t i = 1; i <= papers; ++i) {
    sent_.push_back(paper_id(i));
    const json::object paper{
        {"id", sent_.back()},
        {"title", "Tides of harbour " + std::to_string(i)},
        {"authors", {"Ada Lovelace", "Bo Chen"}},
        {"abstract", "We measure the tides of harbour " + std::to_string(i) + " for a year."}};
    lines += json::serialize(paper) + "\n";
  }
  put("papers.jsonl", lines);
  put("criteria.txt", criteria);
}

std::string ChatDesk::table(const FakeModel& model, std::string_view lines, std::string_view suffix) {
  std::string out =
      "[[stage]]\nuse = \"" + std::string(name_of(model.protocol())) + std::string(suffix) + "\"\n";
  out += "model = \"" + std::string(FakeModel::name) + "\"\n";
  out += "api_key = \"${secret:MODEL_KEY}\"\nbase_url = \"" + model.url() + "\"\n";
  out += "price = { input = 2, cached = 1, cache_written = 2.5, output = 8 }\n";
  return out.append(lines);
}

void ChatDesk::pipeline(std::string_view stages, std::string_view select) const {
  std::string text =
      "title = \"Invented papers\"\ncontact = \"you@example.org\"\n[[source]]\nuse = \"jsonl\"\nfile = "
      "\"papers.jsonl\"\n";
  text += stages;
  text += "[select]\n";
  text += select;
  text += "[[output]]\nuse = \"json\"\npath = \"day.json\"\n";
  text += "[[output]]\nuse = \"markdown\"\npath = \"day.md\"\n";
  put("p.toml", text);
}

e2e::Ending ChatDesk::run(const std::vector<std::string>& words) {
  std::vector<std::string> all{"run", "p.toml"};
  all.insert(all.end(), words.begin(), words.end());
  return start(gleaner(all))->wait(std::chrono::seconds(30));
}

bool ChatDesk::has_key_anywhere(const e2e::Ending& ending) const {
  if (e2e::contains(ending.out, FakeModel::key) || e2e::contains(ending.err, FakeModel::key)) return true;
  for (const auto& folder : {work(), home()})
    for (const auto& entry : fs::recursive_directory_iterator(folder))
      if (entry.is_regular_file() && e2e::contains(e2e::read_file(entry.path()), FakeModel::key)) return true;
  return false;
}

}  // namespace gleaner::chat_test
