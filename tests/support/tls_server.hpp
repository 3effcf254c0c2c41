// A server of the openssl command with a certificate of its own making.
#pragma once

#include <filesystem>
#include <string>

#include <sys/types.h>

namespace gleaner::test {

/// What is wrong with the certificate.
enum class Certificate { good, expired, not_yet, other_name };

/// Needs a folder of its own, in which it serves the files put() there. Killed at the end.
class TlsServer {
 public:
  explicit TlsServer(std::filesystem::path folder) : folder_(std::move(folder)) {}
  ~TlsServer();
  TlsServer(const TlsServer&) = delete;
  TlsServer& operator=(const TlsServer&) = delete;

  /// A file at /NAME: status line, headers and body, sent as they are.
  void put(const std::string& name, const std::string& answer) const;
  /// False where there is no openssl.
  [[nodiscard]] bool start(Certificate certificate = Certificate::good);

  /// The authority that signed its certificate: itself.
  [[nodiscard]] std::string authority() const { return (folder_ / "cert.pem").string(); }
  [[nodiscard]] std::string key() const { return (folder_ / "key.pem").string(); }
  /// "127.0.0.1:PORT".
  [[nodiscard]] std::string host() const { return "127.0.0.1:" + port_; }
  [[nodiscard]] std::string port() const { return port_; }
  [[nodiscard]] std::string url(const std::string& path) const { return "https://" + host() + path; }

  /// Only the files of the key and the certificate.
  [[nodiscard]] bool make_certificate(Certificate certificate) const;

 private:
  void read_port(int fd);

  std::filesystem::path folder_;
  pid_t pid_ = -1;
  std::string port_;
};

}  // namespace gleaner::test
