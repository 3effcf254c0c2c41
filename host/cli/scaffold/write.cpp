#include "host/cli/scaffold/write.hpp"

#include <cerrno>
#include <string_view>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace gleaner::host::cli::scaffold {
namespace {

std::string reason(int error) {
  return std::generic_category().message(error);
}

/// The whole text, or errno.
int write_text(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

/// 0, or errno.
int write_file(const std::filesystem::path& path, const NewFile& file) {
  constexpr mode_t plain = 0666, program = 0777;  // the umask takes from it
  const int descriptor =
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, file.runs ? program : plain);
  if (descriptor < 0) return errno;
  const int error = write_text(descriptor, file.text);
  // Some file systems say only here that the disk is full.
  const int closed = ::close(descriptor) == 0 ? 0 : errno;
  return error != 0 ? error : closed;
}

/// The folder this has made goes again with everything in it, unless kept.
class FreshFolder {
 public:
  explicit FreshFolder(std::filesystem::path path) : path_(std::move(path)) {}
  FreshFolder(const FreshFolder&) = delete;
  FreshFolder& operator=(const FreshFolder&) = delete;
  ~FreshFolder() {
    std::error_code ignored;
    if (!kept_) std::filesystem::remove_all(path_, ignored);
  }
  void keep() { kept_ = true; }

 private:
  std::filesystem::path path_;
  bool kept_ = false;
};

std::string no_folder(const std::filesystem::path& folder, int error) {
  if (error == EEXIST)
    return fmt::format(
        "\"{}\" is there already and was not touched; take another name, or move it out of the way.",
        folder.string());
  return fmt::format("The folder \"{}\" could not be made: {}.", folder.string(), reason(error));
}

}  // namespace

std::optional<std::string> write_files(const std::filesystem::path& folder, std::span<const NewFile> files) {
  constexpr mode_t everything = 0777;  // the umask takes from it
  if (::mkdir(folder.c_str(), everything) != 0) return no_folder(folder, errno);
  FreshFolder fresh(folder);
  for (const NewFile& file : files) {
    const std::filesystem::path path = folder / file.path;
    std::error_code error;
    std::filesystem::create_directories(path.parent_path(), error);
    const int number = error ? error.value() : write_file(path, file);
    if (number != 0)
      return fmt::format("\"{}\" could not be written: {}. Nothing of the new folder was kept.",
                         path.string(), reason(number));
  }
  fresh.keep();
  return std::nullopt;
}

}  // namespace gleaner::host::cli::scaffold
