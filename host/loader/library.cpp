#include "host/loader/library.hpp"

#include <optional>
#include <string_view>
#include <system_error>

#include <boost/dll/shared_library.hpp>
#include <dlfcn.h>

namespace gleaner::host {
namespace {

using boost::dll::load_mode::type;

/// Boost has no word for RTLD_NODELETE and hands unknown bits on to dlopen as they are. No rtld_deepbind: a
/// library that binds to its own malloc or operator new first breaks sanitizers and the C++ runtime. No
/// append_decorations: the name is the name.
constexpr auto mode = static_cast<type>(static_cast<int>(boost::dll::load_mode::rtld_now) |
                                        static_cast<int>(boost::dll::load_mode::rtld_local) | RTLD_NODELETE);

/// What stands between two texts in `message`.
std::optional<std::string> between(std::string_view message, std::string_view before,
                                   std::string_view after) {
  const auto found = message.find(before);
  if (found == std::string_view::npos) return std::nullopt;
  const auto start = found + before.size();
  const auto end = after.empty() ? message.size() : message.find(after, start);
  if (end == std::string_view::npos) return std::nullopt;
  return std::string(message.substr(start, end - start));
}

std::string sentence(const std::string& message, const std::filesystem::path& library) {
  if (const auto symbol = between(message, "undefined symbol: ", "")) {
    const std::string name = symbol->substr(0, symbol->find_first_of(" ,\t("));
    return say("it needs the symbol ", name,
               ", which nothing provides; link the library that has it, with -Wl,-z,defs to find such gaps "
               "at build time");
  }
  if (const auto version = between(message, "version `", "' not found")) {
    return say("it needs ", *version, " of ", message.substr(0, message.find(": version")),
               ", which is older here; build the plugin on this system or update the system");
  }
  const auto missing = message.find(": cannot open shared object file: No such file or directory");
  if (missing != std::string::npos && message.compare(0, missing, library.native()) != 0) {
    return say("it needs the library ", message.substr(0, missing), ", which is not installed; install it");
  }
  return "the system cannot open it as a library; copy or build it again";
}

}  // namespace

// The texts compared are those of glibc 2.36 (elf/dl-lookup.c, dl-load.c, dl-version.c) without translation;
// whatever else it says is passed on as it is.
std::string explain_dlopen(const std::string& message, const std::filesystem::path& library) {
  return say(sentence(message, library), " (", message, ")");
}

Checked<const gleaner_plugin*> open_library(const std::filesystem::path& library) {
  std::error_code failed;
  // Its destructor gives the handle back; RTLD_NODELETE keeps the library.
  boost::dll::shared_library handle;
  handle.load(library, mode, failed);
  if (failed) {
    const char* message = ::dlerror();  // not translated by Boost, which leaves it where it is
    return Reason{explain_dlopen(message != nullptr ? message : failed.message(), library)};
  }
  if (!handle.has(GLEANER_PLUGIN_SYMBOL_NAME)) {
    return Reason{"it does not export " GLEANER_PLUGIN_SYMBOL_NAME
                  "; export that symbol (gleaner_add_plugin does, GLEANER_PLUGIN defines it)"};
  }
  return &handle.get<const gleaner_plugin>(GLEANER_PLUGIN_SYMBOL_NAME);
}

}  // namespace gleaner::host
