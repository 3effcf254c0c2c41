// Whether somebody else could put or change a plugin: what stands in a plugin folder runs with all the rights
// of whoever starts gleaner.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace gleaner::host {

/// Why a plugin folder, or one plugin file, is not to be used: the rest of "PATH is not used: …", with the
/// command that mends it. Nothing where only the user, root and those who could replace the gleaner program
/// itself can change what lies there; nothing either for what does not exist or cannot be looked at: that is
/// for the caller to meet.
///
/// Looked at: the folder or file, every folder above it, and every symbolic link on the way. A folder above
/// that everybody may write to is fine where it is sticky, as /tmp is, and what lies in it belongs to one of
/// those. The plugin folder itself must not be open to everybody even then: anybody could add to it. A group
/// may write: most systems give every user a group of their own. Access lists beyond the mode bits are not
/// read. Some system calls a path, no memory of earlier ones. Any thread.
[[nodiscard]] std::optional<std::string> distrust(const std::filesystem::path& folder_or_file);

}  // namespace gleaner::host
