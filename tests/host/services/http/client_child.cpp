// Another process of the same user: http_client_child LIMITS_DIR INTERVAL_MS CONNECTIONS COUNT URL fetches
// URL COUNT times in the group "arxiv". Exit code 0 when every answer was good.
#include <cstdlib>
#include <string>

#include "host/services/http/client.hpp"

int main(int argc, char** argv) {
  using namespace gleaner::host::http;
  if (argc != 6) return 2;
  ClientSettings client_settings;
  client_settings.limits_directory = argv[1];
  Client client(client_settings);
  ChannelSettings settings;
  settings.component = "child";
  settings.politeness.group = "arxiv";
  settings.politeness.interval = Milliseconds(std::stoi(argv[2]));
  settings.politeness.connections = static_cast<unsigned>(std::stoi(argv[3]));
  const auto channel = client.open(settings);
  for (int i = 0; i < std::stoi(argv[4]); ++i)
    channel->submit({.url = argv[5]});
  int bad = 0;
  while (channel->in_flight() > 0) {
    for (const auto& done : channel->wait_any(Milliseconds(60'000)))
      bad += done.response.outcome == Outcome::ok ? 0 : 1;
  }
  return bad == 0 ? 0 : 1;
}
