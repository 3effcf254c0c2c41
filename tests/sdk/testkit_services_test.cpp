// The fake host's services, through gleaner::Host as a component uses them.
#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <gleaner/plugin.hpp>
#include <gleaner/testkit.hpp>

namespace kit = gleaner::testkit;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

/// A filter that does with its host whatever the test says.
struct Doer : gleaner::Filter<> {
  static constexpr auto about = gleaner::about("doer", "Does what a test wants")
                                    .paid()
                                    .needs_host("a", "a server")
                                    .needs_host("*.a.org", "servers below another")
                                    .needs_host("a.org:443", "one port of it");
  using Deed = std::function<void(const gleaner::Host&, const gleaner::Call&)>;
  static inline Deed deed;
  void judge(const gleaner::Batch& batch) const { deed(host, batch.call()); }
};

kit::Outcome run(kit::FakeHost& host, Doer::Deed deed) {
  Doer::deed = std::move(deed);
  return kit::make<Doer>(host).judge({kit::paper("2505.00001", "T")}).error;
}

TEST(FakeClock, StandsStillUntilItIsMoved) {
  kit::FakeHost host;
  host.clock().set("2025-05-07T23:30:15Z");
  std::int64_t now = 0;
  std::string utc, tokyo, new_york, west;
  EXPECT_TRUE(run(host, [&](const gleaner::Host& h, const gleaner::Call&) {
                now = h.now_ms();
                utc = h.date_in(now, "UTC");
                tokyo = h.date_in(now, "Asia/Tokyo");
                new_york = h.date_in(now - 20 * 3'600'000, "America/New_York");
                west = h.date_in(now, "Etc/GMT+12");
              }).ok());
  EXPECT_EQ(now, 1'746'660'615'000);  // date -u -d 2025-05-07T23:30:15Z +%s
  EXPECT_EQ(utc, "2025-05-07");
  EXPECT_EQ(tokyo, "2025-05-08");
  EXPECT_EQ(new_york, "2025-05-06");
  EXPECT_EQ(west, "2025-05-07");
}

TEST(FakeClock, NewYorkChangesItsHourOnTheRightSundays) {
  // TZ=America/New_York date -d @N: 2025-03-09 06:59:59Z is 01:59:59 EST, one second later 03:00 EDT.
  const auto date = [](const char* utc) {
    kit::FakeClock clock;
    clock.set(utc);
    return kit::FakeClock::date_in(clock.now_ms(), "America/New_York").value();
  };
  EXPECT_EQ(date("2025-03-09T04:59:59Z"), "2025-03-08");
  EXPECT_EQ(date("2025-03-10T03:59:59Z"), "2025-03-09");
  EXPECT_EQ(date("2025-03-10T04:00:00Z"), "2025-03-10");
  EXPECT_EQ(date("2025-11-02T04:00:00Z"), "2025-11-02");
  EXPECT_EQ(date("2025-11-03T04:59:59Z"), "2025-11-02");
  EXPECT_EQ(date("2025-11-03T05:00:00Z"), "2025-11-03");
}

TEST(FakeClock, AnUnknownZoneIsInvalid) {
  kit::FakeHost host;
  const auto error =
      run(host, [](const gleaner::Host& h, const gleaner::Call&) { (void)h.date_in(0, "Mars/Olympus"); });
  EXPECT_EQ(error.status, GLEANER_INVALID);
  EXPECT_EQ(error.message, "The time zone \"Mars/Olympus\" is not known.");
}

TEST(FakeLog, KeepsLevelsAndBlacksOutSecrets) {
  kit::FakeHost host;
  host.set_secret("KEY", "hush");
  run(host, [](const gleaner::Host& h, const gleaner::Call&) {
    h.warn("careful");
    const auto key = h.reveal(kit::secret("KEY"));
    h.info("the key is " + key + "-" + key);
    h.debug("two\nlines");
  });
  const auto lines = host.log();
  ASSERT_THAT(lines, SizeIs(3));
  EXPECT_EQ(lines[0].level, GLEANER_LOG_WARNING);
  EXPECT_EQ(lines[1].text, "the key is ***-***");
  EXPECT_TRUE(host.logged("careful"));
  EXPECT_THAT(host.violations(), ElementsAre("A log line holds a secret.", "A log line holds a secret.",
                                             "A log line holds a line end: \"two\nlines\"."));
}

TEST(FakeHost, OneThatIsMissingIsSaid) {
  kit::FakeHost host;
  host.without("gleaner.http/1");
  const auto error = run(host, [](const gleaner::Host& h, const gleaner::Call& call) { (void)h.http(call); });
  EXPECT_EQ(error.status, GLEANER_UNSUPPORTED);
  EXPECT_EQ(error.message, "This host has no service gleaner.http/1.");
}

TEST(FakeStore, RefusesKeysAndValuesOverTheLimit) {
  kit::FakeHost host;
  EXPECT_TRUE(run(host, [](const gleaner::Host& h, const gleaner::Call&) {
                h.put(std::string(1024, 'k'), "v");
              }).ok());
  EXPECT_FALSE(run(host, [](const gleaner::Host& h, const gleaner::Call&) {
                 h.put(std::string(1025, 'k'), "v");
               }).ok());
  EXPECT_TRUE(
      run(host, [](const gleaner::Host& h, const gleaner::Call&) { h.put("a", "1"), h.erase("a"); }).ok());
  EXPECT_FALSE(host.get("doer", "a"));
}

TEST(FakeFile, NeitherCommittedNorAbandonedIsAViolation) {
  kit::FakeHost host;
  std::uint64_t handle = 0;
  {
    Doer::deed = [&](const gleaner::Host& h, const gleaner::Call& call) {
      h.find<gleaner_file>(GLEANER_FILE)->open(&h.raw(), &call.raw(), gleaner::text("/out/x"), &handle);
    };
    auto component = kit::make<Doer>(host);
    (void)component.judge({kit::paper("2505.00001", "T")});
  }
  EXPECT_THAT(host.violations(),
              ElementsAre("doer left /out/x neither committed nor abandoned after destroy."));
  EXPECT_THAT(host.files(), IsEmpty());
}

TEST(FakeFile, WritingInADryRunIsAViolation) {
  kit::FakeHost host;
  host.set_dry_run(true);
  run(host, [](const gleaner::Host& h, const gleaner::Call& call) {
    std::uint64_t handle = 0;
    const auto* files = h.find<gleaner_file>(GLEANER_FILE);
    files->open(&h.raw(), &call.raw(), gleaner::text("/out/x"), &handle);
    files->commit(&h.raw(), &call.raw(), handle);
  });
  EXPECT_THAT(host.violations(), ElementsAre("doer writes a file in a dry run."));
}

TEST(FakeFile, TheFileWriterWritesNothingInADryRun) {
  kit::FakeHost host;
  host.set_dry_run(true);
  run(host, [](const gleaner::Host& h, const gleaner::Call& call) {
    h.write_file(call, gleaner::Path{"/out/x"}, "1");
  });
  EXPECT_THAT(host.violations(), IsEmpty());
  EXPECT_THAT(host.files(), IsEmpty());
}

TEST(FakeMail, IsCapturedAndItsLinesAreChecked) {
  kit::FakeHost host;
  const auto send = [&](std::string_view content) {
    return run(host, [content](const gleaner::Host& h, const gleaner::Call& call) {
      const auto* mail = h.find<gleaner_mail>(GLEANER_MAIL);
      const gleaner_str to = GLEANER_STR("b@example.org");
      gleaner_mail_message message{};
      message.size = sizeof message;
      message.server = gleaner::text("smtp://mail.example.org:587");
      message.from = gleaner::text("a@example.org");
      message.recipients = &to;
      message.recipient_count = 1;
      message.content = gleaner::text(content);
      const auto status = mail->send(&h.raw(), &call.raw(), &message);
      if (status != GLEANER_OK) throw gleaner::Sink::Stopped{status};
    });
  };
  EXPECT_TRUE(send("Subject: x\r\n\r\nHello\r\n").ok());
  ASSERT_THAT(host.mails(), SizeIs(1));
  EXPECT_THAT(host.mails()[0].recipients, ElementsAre("b@example.org"));
  EXPECT_THAT(host.violations(), IsEmpty());
  EXPECT_TRUE(send("Subject: x\n").ok());
  EXPECT_THAT(host.violations(), ElementsAre("A mail has a line that does not end in CR LF."));
  host.refuse_mail("The mail server is away.");
  EXPECT_EQ(send("Subject: x\r\n").message, "The mail server is away.");
}

TEST(FakeHttp, TheLongestPrefixAnswersAndTimeIsTheLatency) {
  kit::FakeHost host;
  host.http().on("https://a.org/", kit::Reply::http(404));
  host.http().on("https://a.org/x", kit::Reply::ok("{}").after(250));
  gleaner::Response x, y;
  const auto before = host.clock().steady_ms();
  EXPECT_TRUE(run(host, [&](const gleaner::Host& h, const gleaner::Call& call) {
                gleaner::Request request;
                request.url = "https://a.org/x?1";
                request.expect = "json";
                request.headers = {{"Accept", "application/json"}};
                x = h.http(call).send(request);
                request.url = "https://a.org/y";
                y = h.http(call).send(request);
              }).ok());
  EXPECT_TRUE(x.ok());
  EXPECT_EQ(x.url, "https://a.org/x?1");
  EXPECT_EQ(y.status, GLEANER_NOT_FOUND);
  EXPECT_EQ(y.http_status, 404);
  EXPECT_EQ(host.clock().steady_ms() - before, 250);
  EXPECT_EQ(host.http().requests()[0].headers[0].second, "application/json");
}

TEST(FakeHttp, AServerThatIsNotDeclaredIsAViolationAndDenied) {
  kit::FakeHost host;
  host.http().on("http", kit::Reply::ok("x"));
  const auto ask = [&](const std::string& url) {
    gleaner::Response got;
    (void)run(host, [&](const gleaner::Host& h, const gleaner::Call& call) {
      gleaner::Request request;
      request.url = url;
      got = h.http(call).send(request);
    });
    return got.status;
  };
  EXPECT_EQ(ask("http://A:8080/x"), GLEANER_OK);
  EXPECT_EQ(ask("https://b.a.org/"), GLEANER_OK);
  EXPECT_EQ(ask("https://a.org/"), GLEANER_OK);
  EXPECT_THAT(host.violations(), IsEmpty());
  for (const char* url :
       {"https://b.example/x", "http://a.org/", "https://xa.org/", "http://a@evil.example/"})
    EXPECT_EQ(ask(url), GLEANER_DENIED) << url;
  EXPECT_THAT(host.violations(), SizeIs(4));
  EXPECT_EQ(host.violations()[0],
            "doer asked for https://b.example/x, which it does not declare; add "
            ".needs_host(\"b.example\", …) to its `about`.");
}

TEST(FakeHttp, TheWrongBodyIsMalformed) {
  kit::FakeHost host;
  host.http().on("http://a/", kit::Reply::ok("<!DOCTYPE html><p>Down"));
  for (const char* expect : {"xml", "json"}) {
    gleaner::Response got;
    run(host, [&](const gleaner::Host& h, const gleaner::Call& call) {
      gleaner::Request request;
      request.url = "http://a/";
      request.expect = expect;
      got = h.http(call).send(request);
    });
    EXPECT_EQ(got.status, GLEANER_MALFORMED) << expect;
  }
}

TEST(FakeHttp, AnswersArriveByLatencyAndCancelledOnesNot) {
  kit::FakeHost host;
  host.http().on("http://a/", [](const kit::SentRequest& request) {
    return kit::Reply::ok(request.url.substr(9)).after(100 - 10 * (request.url.back() - '0'));
  });
  std::vector<std::string> order;
  EXPECT_TRUE(run(host, [&](const gleaner::Host& h, const gleaner::Call& call) {
                auto http = h.http(call);
                std::uint64_t last = 0;
                for (const char* url : {"http://a/1", "http://a/2", "http://a/3"}) {
                  gleaner::Request request;
                  request.url = url;
                  last = http.submit(request, [&](const gleaner::Response& r) { order.push_back(r.body); });
                }
                http.cancel(last);
                http.wait_all();
              }).ok());
  EXPECT_THAT(order, ElementsAre("2", "1"));
}

TEST(FakeHttp, WhatACallbackThrowsComesOutOfTheCall) {
  kit::FakeHost host;
  host.http().on("http://a/", kit::Reply::ok("x"));
  const auto error = run(host, [](const gleaner::Host& h, const gleaner::Call& call) {
    auto http = h.http(call);
    gleaner::Request request;
    request.url = "http://a/";
    http.submit(request, [](const gleaner::Response&) { throw gleaner::Error("No.", GLEANER_MALFORMED); });
    http.wait_all();
  });
  EXPECT_EQ(error.status, GLEANER_MALFORMED);
  EXPECT_EQ(error.message, "No.");
}

TEST(FakeHttp, ACallbackThatThrowsInsideAnotherClientsWaitIsNotLost) {
  kit::FakeHost host;
  host.http().on("http://a/", kit::Reply::ok("x"));
  const auto error = run(host, [](const gleaner::Host& h, const gleaner::Call& call) {
    auto first = h.http(call);
    gleaner::Request request;
    request.url = "http://a/";
    first.submit(request, [](const gleaner::Response&) { throw gleaner::Error("No."); });
    (void)h.http(call).send(request);  // waits on the same thread: the first one's callback runs in here
    first.wait_all();
  });
  EXPECT_EQ(error.message, "No.");
}

TEST(FakeHttp, APaidRequestInADryRunIsAViolationAndSoIsOneLeftBehind) {
  kit::FakeHost host;
  host.set_dry_run(true);
  host.http().on("http://a/", kit::Reply::ok("x"));
  run(host, [](const gleaner::Host& h, const gleaner::Call& call) {
    gleaner_http_request request{};
    request.size = sizeof request;
    request.url = gleaner::text("http://a/");
    std::uint64_t ticket = 0;
    const auto done = [](void*, std::uint64_t, const gleaner_http_response*) {};
    h.find<gleaner_http>(GLEANER_HTTP)->submit(&h.raw(), &call.raw(), &request, done, nullptr, &ticket);
  });
  EXPECT_THAT(host.violations(), ElementsAre("doer sends a paid request in a dry run.",
                                             "doer in judge returned with 1 requests in flight."));
}

TEST(FakeAccount, AnUnknownPriceMakesTheModelsCostUnknown) {
  kit::FakeHost host;
  run(host, [](const gleaner::Host& h, const gleaner::Call&) {
    gleaner_usage usage{};
    usage.size = sizeof usage;
    usage.model = gleaner::text("m");
    usage.requests = 1;
    usage.prompt_cost = 0.5;
    h.usage(usage);
    usage.prompt_cost = std::numeric_limits<double>::quiet_NaN();
    h.usage(usage);
    h.count("anounced", "x", 1);
  });
  EXPECT_EQ(host.usage()[0].requests, 2u);
  EXPECT_TRUE(std::isnan(host.usage()[0].prompt_cost));
  EXPECT_THAT(host.violations(), ElementsAre("The category \"anounced\" of a count is unknown."));
}

}  // namespace
