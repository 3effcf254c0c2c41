#include "server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gleaner::chat {
namespace {

using testing::HasSubstr;

TEST(BaseUrl, WithoutAPathGetsTheStandardOne) {
  EXPECT_EQ(full_base_url("https://api.openai.com", "/v1"), "https://api.openai.com/v1");
  EXPECT_EQ(full_base_url("https://api.openai.com/", "/v1"), "https://api.openai.com/v1");
  EXPECT_EQ(full_base_url("http://127.0.0.1:11434", "/api"), "http://127.0.0.1:11434/api");
  EXPECT_EQ(full_base_url("http://[::1]:8000", "/v1"), "http://[::1]:8000/v1");
  EXPECT_EQ(full_base_url("https://api.example.com", ""), "https://api.example.com");
}

TEST(BaseUrl, WithAPathIsTakenAsItIs) {
  EXPECT_EQ(full_base_url("https://openrouter.ai/api/v1", "/v1"), "https://openrouter.ai/api/v1");
  EXPECT_EQ(full_base_url("https://openrouter.ai/api/v1/", "/v1"), "https://openrouter.ai/api/v1");
  EXPECT_EQ(full_base_url("https://generativelanguage.googleapis.com/v1beta/openai", "/v1"),
            "https://generativelanguage.googleapis.com/v1beta/openai");
}

TEST(BaseUrl, KeepsItsQuery) {
  const auto azure =
      full_base_url("https://me.openai.azure.com/openai/deployments/mine?api-version=2024-10-21", "/v1");
  EXPECT_EQ(azure, "https://me.openai.azure.com/openai/deployments/mine?api-version=2024-10-21");
  EXPECT_EQ(join_url(azure, "/chat/completions"),
            "https://me.openai.azure.com/openai/deployments/mine/chat/completions?api-version=2024-10-21");
  EXPECT_EQ(full_base_url("https://me.example.com/?a=b/c", "/v1"), "https://me.example.com/v1?a=b/c");
  EXPECT_EQ(full_base_url("https://me.example.com?a=b/c", "/v1"), "https://me.example.com/v1?a=b/c");
  EXPECT_EQ(join_url("https://me.example.com/v1", "/models"), "https://me.example.com/v1/models");
}

TEST(BaseUrl, ThatIsNoAddressIsRefusedByName) {
  for (const std::string_view word : {"", "api.openai.com", "api.openai.com/v1", "ftp://api.openai.com",
                                      "https://", "http:///v1", "https://?a=b"}) {
    try {
      (void)full_base_url(word, "/v1");
      ADD_FAILURE() << word;
    } catch (const Error& error) {
      EXPECT_EQ(error.option(), "/base_url") << word;
      EXPECT_THAT(error.what(), HasSubstr("\"" + std::string(word) + "\""));
    }
  }
}

}  // namespace
}  // namespace gleaner::chat
