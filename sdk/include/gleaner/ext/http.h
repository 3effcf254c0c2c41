/* SPDX-License-Identifier: Apache-2.0
 * gleaner.http/1: requests over the host's HTTP client, which retries, waits and limits as the component's
 * politeness declares. One thread may keep many in flight: submit them all, then wait_any until none is left.
 * Responses arrive on that thread.
 */
#ifndef GLEANER_EXT_HTTP_H
#define GLEANER_EXT_HTTP_H

#include <gleaner/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

#define GLEANER_HTTP "gleaner.http/1"

#define GLEANER_HTTP_ONCE 1u       /* flags: never retried by the host */
#define GLEANER_HTTP_IDEMPOTENT 2u /* flags: a POST that may be sent again (GET and HEAD always may) */

typedef struct gleaner_http_request {
  uint64_t size;
  gleaner_str method;          /* empty: GET, or POST when there is a body */
  gleaner_str url;             /* http or https */
  const gleaner_pair* headers; /* as given, but for User-Agent, which is the host's */
  uint64_t header_count;
  gleaner_str body;
  gleaner_str expect; /* "", "xml" or "json": HTML instead counts as "down for maintenance", and is retried */
  uint64_t max_bytes; /* largest body, decompressed; 0: 32 MiB */
  uint32_t
      timeout_ms; /* one try, connect to last byte; 0: 60,000. A `timeout` in the pipeline file goes before */
  uint32_t flags;
} gleaner_http_request;

/* Borrowed until the callback returns. */
typedef struct gleaner_http_response {
  uint64_t size;
  gleaner_str error;           /* when status is not GLEANER_OK: one sentence for a person */
  gleaner_str url;             /* the last one, after redirects */
  const gleaner_pair* headers; /* of the last response, names in lower case */
  uint64_t header_count;
  gleaner_str body; /* as far as one came, also with an error status */
  uint64_t elapsed_ms;
  int32_t status;      /* GLEANER_OK: 2xx with a body as expected; else UNREACHABLE, DENIED, TIMED_OUT, … */
  int32_t http_status; /* 0 when no response came */
  uint32_t attempts;
  uint32_t from_cache; /* 1: answered from the store or a cassette */
} gleaner_http_response;

/* Called inside wait_any, on the thread that called it. */
typedef void (*gleaner_http_done)(void* user, uint64_t ticket, const gleaner_http_response* response);

typedef struct gleaner_http {
  uint64_t size;
  /* Queues a copy of the request. `done` is called once, unless cancelled. On an error fail() was called. */
  int32_t (*submit)(const gleaner_host* host, const gleaner_call* call, const gleaner_http_request* request,
                    gleaner_http_done done, void* user, uint64_t* ticket);
  /* Waits for a request that this thread submitted and calls `done` for every finished one. GLEANER_OK;
   * NOT_FOUND: none is in flight; TIMED_OUT after timeout_ms; CANCELLED when the run is interrupted. */
  int32_t (*wait_any)(const gleaner_host* host, const gleaner_call* call, uint32_t timeout_ms);
  /* Gives a request up; its `done` is not called. Unknown tickets are ignored. */
  void (*cancel)(const gleaner_host* host, uint64_t ticket);
} gleaner_http;

#ifdef __cplusplus
}
#endif

#endif /* GLEANER_EXT_HTTP_H */
