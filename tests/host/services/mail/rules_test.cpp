// What needs no server: addresses, envelopes, the conversation.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "host/services/mail/dialogue.hpp"
#include "host/services/mail/envelope.hpp"
#include "host/services/mail/server.hpp"

namespace gleaner::host::mail {
namespace {

std::string read(std::string_view text) {
  const auto server = read_server(text);
  return server ? (server->tls_at_once ? "tls " : "") + server->label() : "none";
}

TEST(MailServerAddress, HasAPortOfItsKind) {
  EXPECT_EQ(read("smtp://mail.example.org"), "mail.example.org:587");
  EXPECT_EQ(read("SMTPS://Mail.Example.org/"), "tls mail.example.org:465");
  EXPECT_EQ(read("smtp://127.0.0.1:2525"), "127.0.0.1:2525");
  EXPECT_EQ(read("smtp://[::1]:25"), "[::1]:25");
}

TEST(MailServerAddress, IsNothingElse) {
  for (const char* text :
       {"", "mail.example.org", "http://mail.example.org", "smtp://", "smtp://:25", "smtp://a:0",
        "smtp://a:65536", "smtp://a:25x", "smtp://a/path", "smtp://user@a:25", "smtp://user:pw@a",
        "smtp://a b", "smtp://a\r\nb", "smtp://a?x", "smtp://[::1", "smtp://[x]:25", "smtp://a%20b"})
    EXPECT_EQ(read(text), "none") << text;
}

TEST(MailServerAddress, OfThisMachineIsKnown) {
  for (const char* text : {"smtp://localhost", "smtp://127.0.0.1", "smtp://127.8.9.10:25", "smtp://[::1]"})
    EXPECT_TRUE(read_server(text)->is_loopback()) << text;
  for (const char* text :
       {"smtp://127.example.org", "smtp://localhost.example.org", "smtp://10.0.0.1", "smtp://[::2]"})
    EXPECT_FALSE(read_server(text)->is_loopback()) << text;
}

TEST(MailDialogue, KnowsHowFarItCameAndWhatWasSaidLast) {
  Dialogue said;
  EXPECT_EQ(said.phase(), Phase::connect);
  said.reply("220 mail.example.org\r\n");
  EXPECT_EQ(said.phase(), Phase::greeting);
  said.command("EHLO example.org\r\n");
  EXPECT_EQ(said.code(), 0);
  said.reply("250-mail.example.org\r\n250-SIZE 1000\r\n");
  said.reply("250 HELP\r\n");
  EXPECT_EQ(said.answer(), "mail.example.org SIZE 1000 HELP");
  said.command("AUTH PLAIN c2VjcmV0\r\n");
  said.reply("535-5.7.8 No.\r\n");
  said.reply("535 5.7.8 See\t\x1b[31mhere\xc3\xa4\r\n");
  EXPECT_EQ(said.phase(), Phase::login);
  EXPECT_EQ(said.code(), 535);
  EXPECT_EQ(said.answer(), "5.7.8 No. 5.7.8 See ?[31mhere??");
  said.command("DATA\r\n");
  said.reply("354 go\r\n");
  said.content_ends();
  EXPECT_EQ(said.phase(), Phase::end);
  EXPECT_EQ(said.code(), 0);
  said.reply("250 ok\r\n");
  said.command("QUIT\r\n");
  EXPECT_EQ(said.code(), 250);
}

TEST(MailEnvelope, TakesLinesOfMailAlone) {
  EXPECT_TRUE(is_content("a\r\n\r\n"));
  EXPECT_TRUE(is_content(std::string(998, 'x') + "\r\n"));
  EXPECT_FALSE(is_content(std::string(999, 'x') + "\r\n"));
  EXPECT_FALSE(is_content("a"));
  EXPECT_FALSE(is_content("a\n"));
  EXPECT_FALSE(is_content("a\rb\r\n"));
  EXPECT_FALSE(is_content(std::string_view("a\0b\r\n", 5)));
  EXPECT_TRUE(is_address("o'neill+news@mail.example.org"));
  EXPECT_FALSE(is_address("\"a b\"@example.org"));
  EXPECT_FALSE(is_address("a@b@example.org"));
  EXPECT_FALSE(is_address("a..b@example.org"));
  EXPECT_FALSE(is_address("a@example.org\r\nDATA"));
}

}  // namespace
}  // namespace gleaner::host::mail
