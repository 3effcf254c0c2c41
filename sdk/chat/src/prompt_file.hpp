// The prompt file of a component. One thread.
#pragma once

#include <string_view>

#include <gleaner/cpp/text.hpp>

#include "prompt.hpp"

namespace gleaner::chat {

/// Reads and takes apart the file. Throws gleaner::Error naming `option` when it cannot be read.
[[nodiscard]] Prompt read_prompt_file(const Path& path, std::string_view option);

}  // namespace gleaner::chat
