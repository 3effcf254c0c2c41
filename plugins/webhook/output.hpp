// SPDX-License-Identifier: Apache-2.0
// The component `webhook`: the digest as signed JSON to an address of the owner's.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include <gleaner/plugin.hpp>

#include "plugins/webhook/body.hpp"
#include "plugins/webhook/headers.hpp"

namespace gleaner::webhook {

/// The output's table in the pipeline file.
struct WebhookOptions {
  std::string url;
  Secret secret_url;
  std::string body;
  Secret secret;
  Secret token;
  std::string token_header;
  Json headers;
  std::string method;
  std::chrono::milliseconds interval{0};
};

inline constexpr std::string_view kWebhookDocumentation =
    R"(Sends the digest as JSON to an address of yours: a program, a workflow service, a queue.

    [[output]]
    use    = "webhook"
    url    = "https://example.org/hooks/papers"
    secret = "${secret:WEBHOOK_SECRET}"      # signs what is sent
    body   = "digest"

`body` is `digest` (everything, schema `gleaner.digest/1`), `papers` (title, date, counts and the selected papers) or
`summary` (counts, cost, what is wrong, and each paper's id, title and address). Anything but a 2xx answer is a failure, and the
next run or `gleaner deliver` sends it again.

## Exactly once

Every request carries `Idempotency-Key` and, with the same value, `webhook-id`: the key of this day, pipeline and output, the
same at every attempt. A receiver that remembers the keys it has seen may get a digest twice and act on it once. Where the
fate of a request is not known (silence, a broken connection, a failure between sending and noting), it is sent again.

## The signature

With `secret`, `webhook-signature` holds `v1,` and the base64 of HMAC-SHA256 over `ID.TIMESTAMP.BODY`, where ID is
`webhook-id` and TIMESTAMP is `webhook-timestamp`, in seconds since 1970: Standard Webhooks
(https://www.standardwebhooks.com), for which there are libraries. A secret `whsec_…` is the base64 of the key, as those
libraries make it; any other text is the key itself. In Python, for one that is not `whsec_…`:

    text = b".".join([headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), raw_body])
    mine = "v1," + base64.b64encode(hmac.new(SECRET.encode(), text, "sha256").digest()).decode()
    good = hmac.compare_digest(mine, headers["webhook-signature"]) and abs(time.time() - int(headers["webhook-timestamp"])) < 300

Check the body as it came, before anything parses it, and refuse old timestamps: a recorded request cannot be played
again then.

## Keys in headers

`token` goes into the header `token_header`, as `Authorization: Bearer …` unless you name another (`X-Api-Key`: the token
alone). `headers` is for what is no secret: `headers = { X-Source = "gleaner" }`. An address that is itself a secret goes
into `secret_url` in place of `url`: it is kept out of logs.
)";

/// One thread at a time.
class Webhook : public Output<WebhookOptions> {
 public:
  static constexpr auto about =
      gleaner::about(
          "webhook", "Sends the digest as signed JSON to an address of yours",
          field("url", &WebhookOptions::url, "Where to send it; or `secret_url`")
              .example("https://example.org/hooks/papers"),
          field("secret_url", &WebhookOptions::secret_url,
                "In place of `url`: an address that is a secret itself"),
          field("body", &WebhookOptions::body, "How much of the digest is sent")
              .choices("digest", "papers", "summary")
              .fallback("digest"),
          field("secret", &WebhookOptions::secret,
                "Signs every request (HMAC-SHA256, Standard Webhooks); without it nothing is signed"),
          field("token", &WebhookOptions::token, "A key for `token_header`"),
          field("token_header", &WebhookOptions::token_header,
                "The header the token goes into; in Authorization it is preceded by Bearer")
              .fallback("Authorization"),
          field("headers", &WebhookOptions::headers, "Further headers, names and texts; no secrets")
              .example(R"({ X-Source = "gleaner" })"),
          field("method", &WebhookOptions::method, "The HTTP method").choices("POST", "PUT").fallback("POST"),
          field("interval", &WebhookOptions::interval, "Least time between two requests")
              .fallback("0s")
              .within(0, 60000))
          .documentation(kWebhookDocumentation)
          .needs_secret("WEBHOOK_SECRET", "to sign what is sent; not required")
          .polite({.group = "webhook", .connections = 2})
          .remote();

  void start();
  void deliver(const Digest& digest);

 private:
  [[nodiscard]] std::string address() const;
  void add_token(Headers& headers) const;

  Headers headers_;
};

}  // namespace gleaner::webhook
