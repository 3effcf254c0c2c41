#include "host/loader/stamp.hpp"

#include <cstring>
#include <string_view>

#include "host/loader/elf.hpp"

namespace gleaner::host {
namespace {

/// The text up to the first NUL, or all 16 characters; what is not a plain word is shown as "?".
std::string word(const char (&field)[16]) {
  std::string text(field, strnlen(field, sizeof field));
  for (char& c : text) {
    if (c < '!' || c > '~') c = '?';
  }
  return text;
}

Reason other_major(std::uint32_t theirs, std::uint32_t ours) {
  const std::string what =
      say("it is built for Gleaner's plugin ABI ", theirs, ", this gleaner loads ABI ", ours);
  if (theirs > ours) return {say(what, "; update gleaner, or get the plugin built for ABI ", ours)};
  return {say(what, "; get a newer build of the plugin")};
}

}  // namespace

Checked<gleaner_stamp> read_stamp(const std::filesystem::path& library) {
  const auto bytes = read_section(library, GLEANER_STAMP_SECTION);
  if (!bytes) return Reason{bytes.reason()};
  if (bytes->size() != sizeof(gleaner_stamp)) {
    return Reason{say("its stamp has ", bytes->size(), " bytes instead of ", sizeof(gleaner_stamp),
                      "; a plugin needs exactly one: build it again from one GLEANER_PLUGIN")};
  }
  gleaner_stamp stamp{};
  std::memcpy(&stamp, bytes->data(), sizeof stamp);
  return stamp;
}

Checked<gleaner_stamp> check_stamp(const gleaner_stamp& stamp, HostAbi host) {
  static_assert(sizeof GLEANER_STAMP_MAGIC == sizeof stamp.magic);
  if (std::memcmp(stamp.magic, GLEANER_STAMP_MAGIC, sizeof stamp.magic) != 0) {
    return Reason{"its stamp does not begin with the stamp's mark; build it again with the Gleaner SDK"};
  }
  if (stamp.byte_order != GLEANER_BYTE_ORDER_MARK) {
    return Reason{
        "its stamp was written for a machine of another byte order; get the plugin built for " GLEANER_ARCH};
  }
  if (stamp.abi_major != host.major) return other_major(stamp.abi_major, host.major);
  if (stamp.pointer_bits != 8 * sizeof(void*)) {
    return Reason{say("its stamp says pointers of ", stamp.pointer_bits, " bits, this gleaner has ",
                      8 * sizeof(void*), "; get the plugin built for " GLEANER_ARCH)};
  }
  if (std::string_view(stamp.arch, strnlen(stamp.arch, sizeof stamp.arch)) != GLEANER_ARCH) {
    return Reason{
        say("its stamp says it is built for ", word(stamp.arch), "; get the plugin built for " GLEANER_ARCH)};
  }
  return stamp;
}

}  // namespace gleaner::host
