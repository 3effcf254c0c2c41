#include "host/config/input_files.hpp"

#include <system_error>

#include "host/config/output_paths.hpp"
#include "host/config/text.hpp"

namespace gleaner::host {
namespace {

bool names_a_file(const ComponentInfo& info, const OptionValue& option) {
  if (option.type != OptionType::path || !option.given || is_written(info, option)) return false;
  return !option.text.empty() && option.text != "-";
}

bool is_missing(const std::filesystem::path& path) {
  std::error_code ignored;
  return std::filesystem::status(path, ignored).type() == std::filesystem::file_type::not_found;
}

std::string missing_message(const ComponentConfig& config, const OptionValue& option) {
  const bool whole = std::filesystem::path(option.text).is_absolute();
  return concat(
      {option.name, " of ", config.name, " names the file ", quote(option.text), ", which does not exist",
       option.text.find('{') != std::string::npos ? "; {date} and the like are for paths that are written"
       : whole                                    ? ""
               : "; relative paths start at the folder of the pipeline file"});
}

}  // namespace

void warn_missing_files(const Reader& reader, const std::filesystem::path& folder,
                        std::span<const ReadComponent> components) {
  for (const ReadComponent& each : components) {
    const ComponentConfig& config = each.config;
    for (const OptionValue& option : config.options)
      if (names_a_file(*config.info, option) && is_missing((folder / option.text).lexically_normal()))
        reader.report().add(Code::missing_file, option.where, missing_message(config, option));
  }
}

}  // namespace gleaner::host
