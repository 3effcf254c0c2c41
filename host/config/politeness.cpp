#include "host/config/politeness.hpp"

#include <algorithm>

#include "host/config/duration.hpp"
#include "host/config/text.hpp"

namespace gleaner::host {
namespace {

/// Whether requests go to the site the component was made for: no base_url given, or one of that site's
/// hosts.
bool asks_real_site(const ComponentConfig& config) {
  const OptionValue* base = config.option("base_url");
  if (base == nullptr || !base->given) return true;
  const std::string host = host_of(base->text);
  const OptionInfo* declared = config.info->option("base_url");
  if (declared != nullptr && host == host_of(declared->fallback)) return true;
  return std::any_of(config.info->needs.begin(), config.info->needs.end(), [&host](const NeedInfo& need) {
    return need.kind == GLEANER_NEEDS_HOST && (need.name == host || host_of(need.name) == host);
  });
}

}  // namespace

void check_interval(const Reader& reader, const ComponentConfig& config) {
  const OptionValue* interval = config.option("interval");
  if (!config.info->politeness || interval == nullptr || !interval->given) return;
  if (interval->type != OptionType::duration) return;
  const auto least = static_cast<std::int64_t>(config.info->politeness->interval_ms);
  if (interval->integer >= least || !asks_real_site(config)) return;
  reader.report().add(Code::impolite_interval, interval->where,
                      concat({"interval of ", config.info->name, " must be at least ",
                              duration_text(std::chrono::milliseconds(least)),
                              ", as the site asks; only another base_url may be asked more often"}));
}

std::string host_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("/?#"));
  const std::size_t user = url.rfind('@');
  if (user != std::string_view::npos) url.remove_prefix(user + 1);
  const bool bracketed = url.starts_with('[');
  url = bracketed ? url.substr(0, url.find(']') + 1) : url.substr(0, url.find(':'));
  std::string out(url);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  if (out.ends_with('.')) out.pop_back();
  return out;
}

}  // namespace gleaner::host
