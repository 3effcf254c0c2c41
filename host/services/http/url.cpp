#include "host/services/http/url.hpp"

#include <memory>
#include <optional>

#include "host/services/http/curl_api.hpp"
#include "host/services/http/letters.hpp"

namespace gleaner::host::http {
namespace {

constexpr std::size_t longest_plain_segment = 20;

struct UrlDeleter {
  void operator()(CURLU* url) const { curl()->url_cleanup(url); }
};

/// One parsed address; libcurl's own parser, so that what is checked here is what is fetched later.
class ParsedUrl {
 public:
  explicit ParsedUrl(const std::string& text) : handle_(curl() != nullptr ? curl()->url() : nullptr) {
    // A byte of zero would end the text early for libcurl alone.
    ok_ = handle_ && text.find('\0') == std::string::npos && set(text);
  }

  [[nodiscard]] bool ok() const { return ok_; }

  bool set(const std::string& text) {
    return curl()->url_set(handle_.get(), CURLUPART_URL, text.c_str(), CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK;
  }

  [[nodiscard]] std::optional<std::string> part(CURLUPart which, unsigned flags = 0) const {
    char* text = nullptr;
    if (!ok_ || curl()->url_get(handle_.get(), which, &text, flags) != CURLUE_OK) return std::nullopt;
    std::string copy(text);
    curl()->free(text);
    return copy;
  }

  [[nodiscard]] std::string part_or_empty(CURLUPart which, unsigned flags = 0) const {
    return part(which, flags).value_or("");
  }

 private:
  std::unique_ptr<CURLU, UrlDeleter> handle_;
  bool ok_ = false;
};

bool is_web(std::string_view scheme) {
  return scheme == "http" || scheme == "https";
}

std::string label(const ParsedUrl& url) {
  auto host = url.part_or_empty(CURLUPART_HOST);
  if (host.empty()) return "the server";
  if (const auto port = url.part(CURLUPART_PORT)) host += ":" + *port;
  return host;
}

std::string without_keys(std::string_view path) {
  std::string shown;
  while (!path.empty()) {
    const auto end = path.find('/', 1);
    const auto segment = path.substr(0, end);
    const bool looks_like_a_key =
        segment.size() > longest_plain_segment + 1 || segment.find(':') != std::string_view::npos;
    shown += looks_like_a_key ? "/…" : std::string(segment);
    path = end == std::string_view::npos ? std::string_view{} : path.substr(end);
  }
  return shown;
}

std::string without_values(std::string_view query) {
  std::string shown;
  while (!query.empty()) {
    const auto end = query.find('&');
    const auto pair = query.substr(0, end);
    const auto equals = pair.find('=');
    shown += shown.empty() ? "?" : "&";
    // A query of one bare word may itself be the key.
    shown += equals == std::string_view::npos ? "…" : std::string(pair.substr(0, equals)) + "=…";
    query = end == std::string_view::npos ? std::string_view{} : query.substr(end + 1);
  }
  return shown;
}

}  // namespace

bool is_fetchable(const std::string& url) {
  const ParsedUrl parsed(url);
  return is_web(parsed.part_or_empty(CURLUPART_SCHEME)) && parsed.part(CURLUPART_HOST).has_value();
}

std::string host_of(const std::string& url) {
  return label(ParsedUrl(url));
}

std::string dialled(const std::string& url) {
  const ParsedUrl parsed(url);
  auto host = parsed.part_or_empty(CURLUPART_HOST);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  return host + " port " + parsed.part_or_empty(CURLUPART_PORT, CURLU_DEFAULT_PORT);
}

std::optional<Server> server_of(const std::string& url) {
  const ParsedUrl parsed(url);
  Server out;
  out.name = lower(parsed.part_or_empty(CURLUPART_HOST));
  if (out.name.ends_with('.')) out.name.pop_back();
  if (out.name.empty()) return std::nullopt;
  out.port = parsed.part_or_empty(CURLUPART_PORT, CURLU_DEFAULT_PORT);
  out.port_written = parsed.part(CURLUPART_PORT).has_value();
  return out;
}

std::string scheme_of(const std::string& url) {
  return ParsedUrl(url).part_or_empty(CURLUPART_SCHEME);
}

std::string redact(const std::string& url) {
  const ParsedUrl parsed(url);
  // A forgotten "https://" is the usual mistake and worth showing; anything that may hold a key is not.
  if (!parsed.ok())
    return url.find_first_of("@?#:=") == std::string::npos ? "\"" + without_keys(url) + "\"" : "…";
  return parsed.part_or_empty(CURLUPART_SCHEME) + "://" + (parsed.part(CURLUPART_HOST) ? label(parsed) : "") +
         without_keys(parsed.part_or_empty(CURLUPART_PATH)) +
         without_values(parsed.part_or_empty(CURLUPART_QUERY));
}

std::string resolve(const std::string& base, const std::string& location) {
  if (location.empty() || location.find('\0') != std::string::npos) return "";
  ParsedUrl parsed(base);
  if (!parsed.ok() || !parsed.set(location)) return "";
  return parsed.part_or_empty(CURLUPART_URL);
}

Cause judge_redirect(const std::string& from, const std::string& to) {
  if (to.empty()) return Cause::redirect_nowhere;
  const auto scheme = scheme_of(to);
  if (!is_web(scheme)) return Cause::redirect_scheme;
  if (!is_fetchable(to)) return Cause::redirect_nowhere;
  return scheme_of(from) == "https" && scheme == "http" ? Cause::redirect_weaker : Cause::none;
}

bool same_origin(const std::string& a, const std::string& b) {
  const ParsedUrl left(a);
  const ParsedUrl right(b);
  return left.ok() && right.ok() && left.part(CURLUPART_SCHEME) == right.part(CURLUPART_SCHEME) &&
         left.part(CURLUPART_HOST) == right.part(CURLUPART_HOST) &&
         left.part(CURLUPART_PORT, CURLU_DEFAULT_PORT) == right.part(CURLUPART_PORT, CURLU_DEFAULT_PORT);
}

}  // namespace gleaner::host::http
