// An output that reads receipt and prompt, and writes a file through the host.
#include <string>

#include <gleaner/plugin.hpp>

namespace {

struct Options {
  gleaner::Path path;
};

struct Receipt : gleaner::Output<Options> {
  static constexpr auto about =
      gleaner::about("probe-receipt", "Writes whether the digest has a receipt and a prompt",
                     gleaner::field("path", &Options::path, "File to write").required());

  std::string render(const gleaner::Digest& digest) const {
    const auto json = digest.json();
    const auto has = [&](std::string_view words) {
      return json.find(words) != std::string_view::npos ? "yes" : "no";
    };
    std::string out = "date: " + std::string(digest.date()) + "\nreceipt: " + has("\"receipt\"") +
                      "\nprompt: " + has("\"prompt\"") + "\nkey: " + std::string(digest.key()) + "\n";
    for (std::size_t i = 0; i < digest.size(); ++i)
      out += "paper: " + std::string(digest[i].paper().id()) + "\n";
    for (std::size_t i = 0; i < digest.unscored_count(); ++i)
      out += "unscored: " + std::string(digest.unscored(i).paper().id()) + "\n";
    return out;
  }
};

}  // namespace

GLEANER_PLUGIN("probe-receipt", "1.0.0", Receipt)
