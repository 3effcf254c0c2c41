#include "prompt_file.hpp"

#include <cerrno>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>

namespace gleaner::chat {
namespace {
constexpr std::size_t longest_prompt =
    std::size_t{1024} * 1024;  // bytes; a mistaken path to something large is refused
}  // namespace

Prompt read_prompt_file(const Path& path, std::string_view option) {
  errno = 0;
  std::ifstream file(path.text, std::ios::binary);
  std::string text;
  if (file) {
    text.resize(longest_prompt + 1);
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
  }
  if (!file.eof() && !(file && text.size() > longest_prompt)) {
    const int why = errno == 0 ? EIO : errno;
    throw Error("The prompt " + path.text + " cannot be read: " + std::generic_category().message(why) + ".",
                GLEANER_INVALID, std::string(option));
  }
  if (text.size() > longest_prompt)
    throw Error("The prompt " + path.text + " is over 1 MiB: is it the right file?", GLEANER_INVALID,
                std::string(option));
  return parse_prompt(text);
}

}  // namespace gleaner::chat
