#include "tests/support/tls_server.hpp"

#include <array>
#include <cstdlib>
#include <fstream>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace gleaner::test {
namespace {

bool run(const std::string& command) {
  return std::system((command + " >/dev/null 2>&1").c_str()) == 0;
}

}  // namespace

TlsServer::~TlsServer() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

void TlsServer::put(const std::string& name, const std::string& answer) const {
  std::ofstream(folder_ / name, std::ios::binary) << answer;
}

bool TlsServer::make_certificate(Certificate certificate) const {
  const auto request = (folder_ / "request.pem").string();
  const std::string name = certificate == Certificate::other_name ? "DNS:feeds.example.org" : "IP:127.0.0.1";
  if (!run("openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=gleaner-test "
           "-addext "
           "subjectAltName=" +
           name + " -keyout " + key() + " -out " + request))
    return false;
  if (certificate == Certificate::not_yet) {
    // Only `openssl ca` sets the first day.
    std::ofstream(folder_ / "ca.conf")
        << "[ca]\ndefault_ca=d\n[d]\ndatabase=" << (folder_ / "ca.index").string()
        << "\nnew_certs_dir=" << folder_.string()
        << "\nrand_serial=yes\ndefault_md=sha256\npolicy=p\ncopy_extensions=copy\n"
           "[p]\ncommonName=supplied\n";
    std::ofstream(folder_ / "ca.index").flush();
    return run("openssl ca -batch -selfsign -notext -config " + (folder_ / "ca.conf").string() +
               " -keyfile " + key() + " -in " + request +
               " -startdate 20450101000000Z -enddate 20460101000000Z -out " + authority());
  }
  const std::string days = certificate == Certificate::expired ? "-1" : "2";
  return run("openssl x509 -req -copy_extensions copy -in " + request + " -key " + key() + " -days " + days +
             " -out " + authority());
}

/// s_server -HTTP sends files as they are, status line included, and prints its port with "ACCEPT".
bool TlsServer::start(Certificate certificate) {
  if (!make_certificate(certificate)) return false;
  std::array<int, 2> pipe{};
  if (::pipe(pipe.data()) != 0) return false;
  pid_ = ::fork();
  if (pid_ == 0) {
    ::dup2(pipe[1], 1);
    ::close(2);  // it complains of every client that does not trust it
    if (::chdir(folder_.c_str()) == 0) {
      ::execlp("openssl", "openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", "cert.pem", "-key",
               "key.pem", "-HTTP", nullptr);
    }
    ::_exit(127);
  }
  ::close(pipe[1]);
  read_port(pipe[0]);
  ::close(pipe[0]);
  return !port_.empty();
}

void TlsServer::read_port(int fd) {
  std::string output;
  std::array<char, 256> bytes{};
  for (ssize_t size = 0; (size = ::read(fd, bytes.data(), bytes.size())) > 0;) {
    output.append(bytes.data(), static_cast<std::size_t>(size));
    const auto start = output.find("ACCEPT 127.0.0.1:");
    const auto end = start == std::string::npos ? start : output.find('\n', start);
    if (end == std::string::npos) continue;
    port_ = output.substr(start + 17, end - start - 17);
    return;
  }
}

}  // namespace gleaner::test
