// A worker that lies: a program in the place of the executable, which says what no worker would. What it does
// is its own name behind the last dash.
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include <unistd.h>

namespace {

struct Head {
  std::uint32_t type;
  std::uint32_t reserved;
  std::uint64_t size;
};

void say(std::uint32_t type, std::string_view payload, std::uint64_t claimed) {
  const Head head{type, 0, claimed};
  (void)!::write(3, &head, sizeof head);
  (void)!::write(3, payload.data(), payload.size());
}
void say(std::uint32_t type, std::string_view payload) {
  say(type, payload, payload.size());
}

std::string hello(std::uint64_t magic, std::uint32_t version, std::string_view host) {
  std::string out(reinterpret_cast<const char*>(&magic), sizeof magic);
  out.append(reinterpret_cast<const char*>(&version), sizeof version);
  const std::uint64_t size = host.size();
  return out.append(reinterpret_cast<const char*>(&size), sizeof size).append(host);
}

}  // namespace

int main() {
  std::string self(4096, '\0');
  const auto got = ::readlink("/proc/self/exe", self.data(), self.size());
  self.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  const auto deed = self.substr(self.rfind('-') + 1);
  const auto good = hello(0x52454E41454C47ULL, 2, GLEANER_VERSION);
  if (deed == "huge") say(1, "", ~std::uint64_t{0});
  if (deed == "old") say(1, hello(0x52454E41454C47ULL, 0, GLEANER_VERSION));
  if (deed == "noise") (void)!::write(3, std::string(100'000, '\x5A').data(), 100'000);
  if (deed == "short") say(1, good.substr(0, 5));
  if (deed == "request") {
    say(1, good);
    say(7, std::string(3, '\xFF'));
  }
  if (deed == "lie") {  // an answer whose text is longer than the answer
    say(1, good);
    say(3, std::string(8, '\x7F'));
  }
  if (deed == "eager") {
    say(1, good);
    say(6, std::string(4, '\0'));
  }
  if (deed == "mute") say(1, good);
  if (deed == "gone") return 7;
  ::pause();
  return 0;
}
