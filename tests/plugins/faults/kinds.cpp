#include "tests/plugins/faults/kinds.hpp"

#include <chrono>
#include <stdexcept>
#include <utility>

namespace gleaner::faults {
namespace {

using test::Reply;

// Of U+0080 to U+00FF alone; the answers have no others that matter.
std::string as_latin1(std::string_view utf8) {
  std::string out;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto byte = static_cast<unsigned char>(utf8[i]);
    if ((byte == 0xC2 || byte == 0xC3) && i + 1 < utf8.size())
      out += static_cast<char>((byte << 6 | (static_cast<unsigned char>(utf8[++i]) & 0x3F)) & 0xFF);
    else
      out += utf8[i];
  }
  return out;
}

// Little-endian, with a byte order mark. Characters beyond U+00FF come out as several, which is no matter.
std::string as_utf16(std::string_view utf8) {
  std::string out = "\xFF\xFE";
  for (const char c : as_latin1(utf8))
    out.append({c, '\0'});
  return out;
}

Reply reply(const Page& page, std::string body) {
  return {.headers = {{"Content-Type", page.type}}, .body = std::move(body)};
}

/// Small on the wire. The blanks are inside, where no format minds them.
Reply large(const Route& route) {
  std::string body = route.page().body;
  body.insert(body.find_last_of(" \n>}]"), ((route.largest << 20) + 1024), ' ');
  Reply out = reply(route.page(), std::move(body));
  out.gzip = true;
  return out;
}

Reply dripping(const Route& route) {
  Reply out = reply(route.page(), route.page().body + std::string(1024, ' '));
  out.drip_bytes = 1;
  out.drip_every = std::chrono::milliseconds(100);
  return out;
}

Reply cut_off(const Route& route) {
  Reply out = reply(route.page(), route.page().body);
  out.ending = test::Ending::close_mid_body;
  return out;
}

}  // namespace

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all = {
      Kind::empty,  Kind::truncated, Kind::cut_off,   Kind::html,          Kind::latin1,
      Kind::utf16,  Kind::too_large, Kind::slow_drip, Kind::redirect_loop, Kind::redirect_to_file,
      Kind::bad_tls};
  return all;
}

std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::empty:
      return "empty";
    case Kind::truncated:
      return "truncated";
    case Kind::cut_off:
      return "cut_off";
    case Kind::html:
      return "html";
    case Kind::latin1:
      return "latin1";
    case Kind::utf16:
      return "utf16";
    case Kind::too_large:
      return "too_large";
    case Kind::slow_drip:
      return "slow_drip";
    case Kind::redirect_loop:
      return "redirect_loop";
    case Kind::redirect_to_file:
      return "redirect_to_file";
    case Kind::bad_tls:
      return "bad_tls";
  }
  return "";
}

test::Reply good_reply(const Page& page) {
  return reply(page, page.body);
}

test::Reply reply_of(Kind kind, const Route& route) {
  const Page& page = route.page();
  switch (kind) {
    case Kind::empty:
      return reply(page, "");
    case Kind::truncated:
      return reply(page, page.body.substr(0, page.body.size() / 2));
    case Kind::cut_off:
      return cut_off(route);
    case Kind::html:
      return {
          .headers = {{"Content-Type", "text/html"}},
          .body =
              "<!DOCTYPE html><html><head><title>Back soon</title></head><body>Maintenance</body></html>"};
    case Kind::latin1:
      return reply(page, as_latin1(page.body));
    case Kind::utf16:
      return reply(page, as_utf16(page.body));
    case Kind::too_large:
      return large(route);
    case Kind::slow_drip:
      return dripping(route);
    case Kind::redirect_loop:
      return test::redirect_to(page.path);
    case Kind::redirect_to_file:
      return test::redirect_to("file:///etc/passwd");
    case Kind::bad_tls:
      break;
  }
  throw std::invalid_argument("bad TLS is no answer");
}

std::string words_of(Kind kind, const Route& route) {
  switch (kind) {
    case Kind::empty:
      return "an empty answer|is empty";
    case Kind::truncated:
      return "breaks off";
    case Kind::cut_off:
      return "ended its answer early";
    case Kind::html:
      return "HTML page|web page";
    case Kind::latin1:
    case Kind::utf16:
      return "UTF-|where XML was expected|it is not JSON";
    case Kind::too_large:
      return "larger than the limit of " + std::to_string(route.largest) + " MiB";
    case Kind::slow_drip:
      return "did not finish its answer within 1 s";
    case Kind::redirect_loop:
      return "redirects too often|where what is sent would not arrive";  // of a POST, at once
    case Kind::redirect_to_file:
      return "redirects to a file address, which is not followed";
    case Kind::bad_tls:
      return "its certificate could not be verified";
  }
  return "";
}

}  // namespace gleaner::faults
