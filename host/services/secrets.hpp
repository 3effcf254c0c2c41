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

  /// Registers a text with secrets in it; the handle means nothing outside this object.
  [[nodiscard]] std::string handle(const SecretText& text);

  struct Revealed {
    std::optional<std::string> text;
    std::string problem;  ///< a sentence, when text is absent
  };
  [[nodiscard]] Revealed reveal(std::string_view handle);

  /// Whether a secret of that name could be found, without running the command.
  [[nodiscard]] static bool is_set(const SecretsConfig& config, std::string_view name);

 private:
  [[nodiscard]] Revealed find(const std::string& name);

  SecretsConfig config_;
  Redactor& redactor_;
  std::mutex mutex_;
  std::vector<SecretText> texts_;
  std::map<std::string, std::string, std::less<>> found_;
};

}  // namespace gleaner::host
