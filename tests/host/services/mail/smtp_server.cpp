#include "tests/host/services/mail/smtp_server.hpp"

#include <array>
#include <chrono>
#include <fstream>
#include <iterator>
#include <thread>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/child_process.hpp"

namespace gleaner::test {
namespace {

// Debian's own, which finds Debian's python3-aiosmtpd.
constexpr const char* python = "/usr/bin/python3";

std::string script(const char* name) {
  return std::string(GLEANER_SOURCE_DIR "/tests/host/services/mail/") + name;
}

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

SmtpServer::SmtpServer(std::filesystem::path folder) : folder_(std::move(folder)), certificate_(folder_) {}

SmtpServer::~SmtpServer() {
  stop();
}

void SmtpServer::stop() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

bool SmtpServer::is_installed() {
  static const bool found = run_child({python, "-c", "import aiosmtpd"}).exit == 0;
  return found;
}

bool SmtpServer::start(boost::json::object settings, Certificate certificate) {
  if (settings.contains("tls")) {
    if (!certificate_.make_certificate(certificate)) return false;
    settings["cert"] = certificate_.authority();
    settings["key"] = certificate_.key();
    at_once_ = settings.at("tls") == "at_once";
  }
  std::array<int, 2> pipe{};
  if (::pipe(pipe.data()) != 0) return false;
  const std::string file = script("smtp_server.py");
  const std::string words = boost::json::serialize(settings);
  const std::string where = folder_.string();
  pid_ = ::fork();
  if (pid_ == 0) {
    ::dup2(pipe[1], 1);
    ::close(2);
    ::execl(python, python, "-W", "ignore", file.c_str(), where.c_str(), words.c_str(), nullptr);
    ::_exit(127);
  }
  ::close(pipe[1]);
  std::string said;
  std::array<char, 64> some{};
  while (said.find('\n') == std::string::npos) {
    const auto size = ::read(pipe[0], some.data(), some.size());
    if (size <= 0) break;
    said.append(some.data(), static_cast<std::size_t>(size));
  }
  ::close(pipe[0]);
  if (!said.starts_with("PORT ") || said.find('\n') == std::string::npos) return false;
  port_ = said.substr(5, said.find('\n') - 5);
  return true;
}

std::string SmtpServer::address() const {
  return (at_once_ ? "smtps://127.0.0.1:" : "smtp://127.0.0.1:") + port_;
}

std::vector<Taken> SmtpServer::taken() const {
  std::vector<Taken> out;
  for (int i = 1; std::filesystem::exists(folder_ / (std::to_string(i) + ".json")); ++i) {
    const auto json = boost::json::parse(bytes_of(folder_ / (std::to_string(i) + ".json")));
    Taken one;
    one.content = bytes_of(folder_ / (std::to_string(i) + ".eml"));
    one.from = json.at("from").as_string();
    for (const auto& each : json.at("to").as_array())
      one.to.emplace_back(each.as_string());
    one.hello = json.at("hello").as_string();
    one.tls = json.at("tls").as_bool();
    one.login = json.at("login").as_bool();
    out.push_back(std::move(one));
  }
  return out;
}

int SmtpServer::noted(const std::string& line) const {
  std::ifstream log(folder_ / "log");
  int count = 0;
  for (std::string each; std::getline(log, each);)
    count += each == line ? 1 : 0;
  return count;
}

bool SmtpServer::wait_for(const std::string& line) const {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (noted(line) == 0) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

boost::json::object facts_of(const std::string& message) {
  ChildOptions options;
  options.input = message;
  const auto result = run_child({python, script("message_facts.py")}, options);
  return result.exit == 0 ? boost::json::parse(result.out).as_object()
                          : boost::json::object{{"problem", result.err}};
}

}  // namespace gleaner::test
