// Which servers a component may ask: those it declares, and those the pipeline's owner wrote into its
// options.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gleaner::host::http {

/// Any thread.
class Reach {
 public:
  /// `use`: the component's name for `gleaner describe`.
  explicit Reach(std::string use) : use_(std::move(use)) {}

  /// What a component declares: "export.arxiv.org"; "*.example.org" for every name below it and not for
  /// itself; "*" for any. A port behind it, as in "localhost:11434", means that port alone; without one any
  /// port is meant. A scheme in front and a path behind are passed over.
  void allow(std::string_view declared);
  /// The server of an http, https, smtp or smtps address that the owner wrote: the same name, and the same
  /// port where the address has one. Any other text is passed over. Does not load libcurl.
  void allow_address(std::string_view text);

  /// `url` is well-formed. Loads libcurl, whose parser reads the addresses, so that what is compared is what
  /// is connected to.
  [[nodiscard]] bool allows(const std::string& url) const;
  [[nodiscard]] const std::string& use() const { return use_; }

 private:
  struct Entry {
    enum class Names { any, below, itself } names = Names::itself;
    std::string name{};  ///< lower case; below: with its dot in front
    std::string port{};  ///< empty: any
  };
  void read_addresses() const;

  std::string use_;
  mutable std::mutex mutex_;
  mutable std::vector<Entry> entries_;
  mutable std::vector<std::string> addresses_;  ///< not read yet
};

}  // namespace gleaner::host::http
