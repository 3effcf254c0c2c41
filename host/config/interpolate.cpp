#include "host/config/interpolate.hpp"

#include <array>
#include <cstdlib>
#include <fstream>
#include <system_error>

#include "host/config/suggest.hpp"
#include "host/config/text.hpp"

namespace gleaner::host {
namespace {

constexpr std::uintmax_t largest_inserted_file = std::uintmax_t{16} << 20U;

void append(Expansion& out, std::string_view text) {
  if (text.empty()) return;
  if (out.parts.empty() || out.parts.back().reference) out.parts.push_back({});
  out.parts.back().text += text;
}

void problem(Expansion& out, Code code, std::string_view reference, std::string message) {
  out.problems.push_back({code, std::move(message), std::string(reference)});
}

/// The file's text, or what is wrong with it as the end of a sentence.
struct Inserted {
  std::string text;
  std::string problem;
};

Inserted read_inserted(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return {"", "does not exist"};
  if (!std::filesystem::is_regular_file(path, error)) return {"", "is no regular file"};
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  if (error || size > largest_inserted_file) return {"", "is larger than 16 MiB"};
  std::ifstream stream(path, std::ios::binary);
  std::string text(static_cast<std::size_t>(size), '\0');
  if (!stream || !stream.read(text.data(), static_cast<std::streamsize>(size))) return {"", "cannot be read"};
  if (first_invalid(text)) return {"", "is not UTF-8"};
  if (text.ends_with('\n')) text.pop_back();
  if (text.ends_with('\r')) text.pop_back();
  return {std::move(text), ""};
}

std::string unknown_scheme(std::string_view scheme, std::string_view reference, bool has_colon) {
  static const std::array<std::string, 3> schemes{"env", "file", "secret"};
  const std::string start = concat({"unknown reference ", quote(reference)});
  if (!has_colon)
    return concat({start, "; an environment variable is ${env:", scheme, "}, a plain ${ is $${"});
  const std::string meant = did_you_mean(scheme, schemes);
  return start + (meant.empty() ? "; there are env, file and secret, and $${ is a plain ${" : meant);
}

}  // namespace

Environment process_environment() {
  return [](std::string_view name) -> std::optional<std::string> {
    const char* value =
        std::getenv(std::string(name).c_str());  // NOLINT(concurrency-mt-unsafe): nothing here calls setenv
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  };
}

std::string Expansion::text() const {
  std::string out;
  for (const SecretText::Part& part : parts)
    if (!part.reference) out += part.text;
  return out;
}

Expansion Interpolator::expand(std::string_view raw) const {
  Expansion out;
  std::size_t at = 0;
  while (at < raw.size()) {
    const std::size_t dollar = raw.find('$', at);
    if (dollar == std::string_view::npos) break;
    append(out, raw.substr(at, dollar - at));
    const std::string_view rest = raw.substr(dollar);
    if (rest.starts_with("$${")) {
      append(out, "${");
      at = dollar + 3;
    } else if (!rest.starts_with("${")) {
      append(out, "$");
      at = dollar + 1;
    } else if (const std::size_t end = rest.find('}'); end == std::string_view::npos) {
      problem(out, Code::unclosed_reference, rest,
              concat({quote(rest), " has no closing }; a plain ${ is written $${"}));
      return out;
    } else {
      replace(rest.substr(0, end + 1), out);
      at = dollar + end + 1;
    }
  }
  append(out, raw.substr(at));
  return out;
}

void Interpolator::replace(std::string_view reference, Expansion& out) const {
  const std::string_view inside = reference.substr(2, reference.size() - 3);
  if (inside.find("${") != std::string_view::npos) {
    problem(out, Code::malformed_reference, reference,
            concat({quote(reference), " holds another reference; references cannot be nested"}));
    return;
  }
  const std::size_t colon = inside.find(':');
  const std::string_view scheme = inside.substr(0, colon);
  const std::string_view body = colon == std::string_view::npos ? "" : inside.substr(colon + 1);
  if (scheme != "env" && scheme != "file" && scheme != "secret") {
    problem(out, Code::unknown_reference, reference,
            unknown_scheme(scheme, reference, colon != std::string_view::npos));
    return;
  }
  if (body.empty() || body.starts_with(":-") || has_control(body.substr(0, body.find(":-")))) {
    problem(out, Code::malformed_reference, reference,
            concat({quote(reference), " names nothing; write ${", scheme, ":NAME}"}));
    return;
  }
  if (scheme == "env") return variable(body, reference, out);
  if (scheme == "file") return file(body, reference, out);
  out.parts.push_back({std::string(body), true});
  out.secrets.emplace_back(reference);
}

void Interpolator::variable(std::string_view body, std::string_view reference, Expansion& out) const {
  const std::size_t mark = body.find(":-");
  const std::string_view name = body.substr(0, mark);
  const auto value = environment_(name);
  out.replaced = true;
  if (mark != std::string_view::npos && (!value || value->empty())) return append(out, body.substr(mark + 2));
  if (!value) {
    problem(out, Code::unset_variable, reference,
            concat({"the environment variable ", name, " is not set; set it or write ${env:", name,
                    ":-default}"}));
  } else if (first_invalid(*value)) {
    problem(out, Code::unreadable_reference, reference,
            concat({"the environment variable ", name, " is not UTF-8"}));
  } else {
    append(out, *value);
  }
}

void Interpolator::file(std::string_view path, std::string_view reference, Expansion& out) const {
  out.replaced = true;
  const Inserted inserted = read_inserted(folder_ / std::filesystem::path(path));
  if (inserted.problem.empty()) return append(out, inserted.text);
  problem(out, Code::unreadable_reference, reference,
          concat({"the file ", quote(path), " ", inserted.problem}));
}

}  // namespace gleaner::host
