// A component whose every text wants to be more than text on a page of Markdown.
#include <gleaner/plugin.hpp>

namespace {

struct Options {
  std::string pattern;
  std::string plain;
  std::int64_t many = 4;
  std::chrono::milliseconds pause{};
};

constexpr std::string_view documentation = R"(Keeps what `a|b` matches.

# Its own heading

```toml
# no heading
pattern = "a|b"
)";

struct HostileDocs : gleaner::Filter<Options> {
  static constexpr auto about =
      gleaner::about(
          "hostile-docs", "Keeps <b>bold</b> | papers, *all* of [them](x)",
          gleaner::field("pattern", &Options::pattern, "A | B, `C|D`, <script>x</script>\nand _more_")
              .fallback("`a|b` & \\|"),
          gleaner::field("plain", &Options::plain, "Which").choices("a|b", "max_age").fallback("a|b"),
          gleaner::field("many", &Options::many, "How many").fallback("4").within(1, 64),
          gleaner::field("pause", &Options::pause, "How long").within(1000, 3600000).deprecated())
          .documentation(documentation)
          .homepage("https://example.org/a_b")
          .needs_host("example.org", "what | it asks")
          .axis("odd", "Odd | even", 0, 1);
  gleaner::Verdict judge(const gleaner::Paper&) const { return gleaner::Verdict::pass(); }
};

}  // namespace

GLEANER_PLUGIN("hostile-docs", "1.0.0", HostileDocs)
