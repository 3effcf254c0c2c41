// A proxy that only knows CONNECT and leads every tunnel to one port of 127.0.0.1.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace gleaner::test {

class Tunnel {
 public:
  /// `refusal` not empty: the answer to every CONNECT instead of a tunnel, from its status line on.
  explicit Tunnel(std::uint16_t leads_to, std::string refusal = "");
  ~Tunnel();
  Tunnel(const Tunnel&) = delete;
  Tunnel& operator=(const Tunnel&) = delete;

  [[nodiscard]] std::string url() const;
  /// The first line of each request, "CONNECT feeds.invalid:443 HTTP/1.1".
  [[nodiscard]] std::vector<std::string> asked() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace gleaner::test
