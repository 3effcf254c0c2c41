// Secrets, resolved at the moment they are used: the environment first, then the secrets file, then the
// secrets command.
#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/config/pipeline.hpp"
#include "host/services/log.hpp"

namespace gleaner::host {

/// Any thread. What it finds is told to the redactor before anybody gets it.
class Secrets {
 public:
  Secrets(SecretsConfig config, Redactor& redactor);
  /// The text without the secrets that were revealed so far.
  [[nodiscard]] std::string redacted(std::string_view text) const { return redactor_.clean(text); }

  /// Registers a text with secrets in it for the component of that space (account_space()); the handle means
  /// nothing to another one, and nothing outside this object.
  [[nodiscard]] std::string handle(const SecretText& text, std::string_view owner);

  struct Revealed {
    std::optional<std::string> text;
    std::string problem;  ///< a sentence, when text is absent
  };
  /// Handles can be guessed: a component gets the text of its own alone.
  [[nodiscard]] Revealed reveal(std::string_view handle, std::string_view owner);

  /// Whether a secret of that name could be found, without running the command.
  [[nodiscard]] static bool is_set(const SecretsConfig& config, std::string_view name);

 private:
  [[nodiscard]] Revealed find(const std::string& name);

  SecretsConfig config_;
  Redactor& redactor_;
  std::mutex mutex_;
  struct Handed {
    SecretText text;
    std::string owner;
  };
  std::vector<Handed> handed_;
  std::map<std::string, std::string, std::less<>> found_;
};

}  // namespace gleaner::host
