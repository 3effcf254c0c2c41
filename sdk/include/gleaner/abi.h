/* SPDX-License-Identifier: Apache-2.0
 *
 * Gleaner's plugin contract: everything a host and a plugin know of each other. C11, <stdint.h> alone.
 *
 * A plugin is one shared library. It exports ONE constant, `gleaner_plugin_v1`, which points at static
 * descriptors of its components (sources, filters, scorers, outputs). The host reads them without running
 * anything of the plugin's, and calls a component only through the function table its descriptor names. Host
 * services (gleaner/ext/NAME.h) are asked for by id.
 *
 * This is v1, and frozen: fields are appended, never moved, never given another meaning, as long as the major
 * lives. A test asserts every offset, and plugins built from this header as it was on the day of the freeze
 * are run by every build since (sdk/ABI.md).
 *
 * Rules for every struct here
 *  - A struct that may grow starts with `size`: sizeof() as its maker compiled it. Readers use only what lies
 * within it.
 *  - Arrays of such structs carry the stride, in bytes, between two elements; or are arrays of pointers.
 *  - No enum, bool, long, size_t or bit-field. Strings are UTF-8, not NUL-terminated, `{NULL, 0}` when empty.
 *  - A plugin's struct LARGER than the host knows is accepted when its unknown tail is all zero, or when the
 * plugin's `min_host_minor` is not above the host's minor (the tail is then ignored). Else it is refused,
 * naming that minor. The same holds for capability bits, option flags and `reserved` fields the host does not
 * know. So a plugin that asks for a newer host and then uses nothing new still loads.
 *  - Names, versions and summaries are one line. Component names and politeness groups start with a letter or
 * digit and have at most 64 characters. An axis is not called "total": [select] means the sum by it.
 *
 * Rules for every function
 *  - Nothing may be thrown or long-jumped across this line. Errors are a status (below) after
 * `call->fail(...)`.
 *  - What a caller passes is borrowed: valid until the called function returns, unless the comment says
 * otherwise.
 *  - A pointer to memory is freed by the side that made it, never by the other.
 *  - Threads: `create`, `destroy` and an instance's functions are called one at a time, from any thread,
 * unless the component declares GLEANER_CONCURRENT: then the instance's functions may run at the same time on
 * several threads.
 */
#ifndef GLEANER_ABI_H
#define GLEANER_ABI_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Versions
 * ------------------------------------------------------------------------------------------------------- */

/* Part of the exported symbol's name: another major is another contract. */
#define GLEANER_ABI_MAJOR 1
/* Counts appended fields. These headers describe minor 2:
 *   1  gleaner_stage.estimate, gleaner_component.homepage
 *   2  gleaner_call.date, gleaner_day.holidays, gleaner_politeness.final_words, gleaner_store.put_many
 * A plugin looks at the `size` of what the host made before it reads a field newer than minor 0. */
#define GLEANER_ABI_MINOR 2

/* Define before including to hide fields newer than that minor: the plugin then needs no newer host. */
#ifndef GLEANER_TARGET_MINOR
#define GLEANER_TARGET_MINOR GLEANER_ABI_MINOR
#endif

/* The exported symbol, as a token and as text. */
#define GLEANER_PLUGIN_SYMBOL gleaner_plugin_v1
#define GLEANER_PLUGIN_SYMBOL_NAME "gleaner_plugin_v1"

/* ---- Status: what every fallible function returns
 * ------------------------------------------------------------------- */

#define GLEANER_OK 0          /* done */
#define GLEANER_FAILED 1      /* failed for a reason of its own; the message says which */
#define GLEANER_INVALID 2     /* an option or argument is wrong; name the option in fail() */
#define GLEANER_UNREACHABLE 3 /* a server could not be reached (no network, name unknown, refused, TLS) */
#define GLEANER_DENIED 4      /* a server or the system refused: wrong key, no permission */
#define GLEANER_MALFORMED 5   /* data came and could not be read */
#define GLEANER_CANCELLED 6   /* call->cancelled() said so; not a fault */
#define GLEANER_TIMED_OUT 7   /* a deadline passed */
#define GLEANER_EXHAUSTED 8   /* a quota or budget is used up; asking again is pointless today */
#define GLEANER_UNSUPPORTED 9 /* this host, service or file cannot do that */
#define GLEANER_NOT_FOUND 10  /* the thing asked for does not exist */

/* ---- Strings and other closed types (never grow)
 * -------------------------------------------------------------------- */

/* UTF-8 text, `size` bytes, no terminating NUL. `data` may be NULL when `size` is 0. */
typedef struct gleaner_str {
  const char* data;
  uint64_t size;
} gleaner_str;

/* A named text. */
typedef struct gleaner_pair {
  gleaner_str key;
  gleaner_str value;
} gleaner_pair;

/* A named number. */
typedef struct gleaner_number {
  gleaner_str key;
  double value;
} gleaner_number;

/* ---- The stamp: what the host reads from the file before opening it
 * -------------------------------------------------- */

#define GLEANER_STAMP_MAGIC "\177GLEANER.STAMP\n" /* 15 characters and the NUL: 16 bytes */
#define GLEANER_STAMP_SECTION ".gleaner_stamp"    /* the ELF section that holds the record */
#define GLEANER_BYTE_ORDER_MARK 0x01020304u

/* 64 bytes in the section GLEANER_STAMP_SECTION, native byte order. Closed: a major of its own would replace
 * it. */
typedef struct gleaner_stamp {
  char magic[16];
  uint32_t byte_order;     /* GLEANER_BYTE_ORDER_MARK as the plugin's machine writes it */
  uint32_t abi_major;      /* GLEANER_ABI_MAJOR */
  uint32_t abi_minor;      /* GLEANER_TARGET_MINOR */
  uint32_t min_host_minor; /* as in gleaner_plugin */
  uint32_t pointer_bits;   /* 64 */
  uint32_t reserved;       /* 0 */
  char arch[16];           /* "x86_64", "aarch64", "riscv64", …, NUL-padded */
  uint8_t zero[8];
} gleaner_stamp;

#if defined(__x86_64__)
#define GLEANER_ARCH "x86_64"
#elif defined(__aarch64__)
#define GLEANER_ARCH "aarch64"
#elif defined(__riscv) && __riscv_xlen == 64
#define GLEANER_ARCH "riscv64"
#elif defined(__powerpc64__) && defined(__LITTLE_ENDIAN__)
#define GLEANER_ARCH "ppc64le"
#elif defined(__s390x__)
#define GLEANER_ARCH "s390x"
#else
#define GLEANER_ARCH "unknown"
#endif

/* ---- Papers
 * ---------------------------------------------------------------------------------------------------------
 */

/* gleaner_paper.announce: how the source announces the paper on this day. */
#define GLEANER_ANNOUNCE_NONE 0 /* the source does not say */
#define GLEANER_ANNOUNCE_NEW 1
#define GLEANER_ANNOUNCE_CROSS 2
#define GLEANER_ANNOUNCE_REPLACE 3
#define GLEANER_ANNOUNCE_REPLACE_CROSS 4

/* One record. Immutable. Every pointer is borrowed and lives exactly as long as the paper itself does (see
 * who hands it). */
typedef struct gleaner_paper {
  uint64_t size;
  gleaner_str id;    /* canonical: arXiv "2505.01557" or "math/0309136", else "doi:10…", "pmid:…",
                        "openreview:…", "url:…" */
  gleaner_str title; /* one line */
  gleaner_str abstract;
  gleaner_str url;       /* page to read it on */
  gleaner_str doi;       /* bare, "10.…" */
  gleaner_str published; /* "YYYY-MM-DD": announced or first published, as the source labels it */
  gleaner_str journal;
  gleaner_str license;
  const gleaner_str* authors; /* display names, in order */
  uint64_t author_count;
  const gleaner_str* affiliations; /* NULL, or author_count texts, empty where unknown */
  const gleaner_str* categories;   /* the first is the primary one */
  uint64_t category_count;
  const gleaner_str* sources; /* names of the components that had it; filled by the host */
  uint64_t source_count;
  const gleaner_pair* extras; /* what else a source knows ("upvotes" = "12") */
  uint64_t extra_count;
  uint32_t version;  /* 0 when unknown */
  uint32_t announce; /* GLEANER_ANNOUNCE_… */
} gleaner_paper;

/* ---- A call: travels with every entry into a plugin
 * ------------------------------------------------------------------ */

/* Host-owned; valid until the entry returns. Its functions may be called from any thread during that time. */
typedef struct gleaner_call gleaner_call;
struct gleaner_call {
  uint64_t size;
  void* context; /* the host's */
  uint64_t seed; /* the only source of chance; the same for the same run and component */
  /* 1 when the run is being interrupted: return GLEANER_CANCELLED soon (within a second). Cheap: ask once a
   * paper. */
  int32_t (*cancelled)(const gleaner_call* call);
  /* Says what went wrong: `message` is a sentence for a person. `option` is a JSON pointer into the
   * component's table of the pipeline file ("/categories/1"), or empty; the host turns it into
   * file:line:column. Returns `status`, so that one may write `return call->fail(call, …)`. The last call
   * before the return counts. */
  int32_t (*fail)(const gleaner_call* call, int32_t status, gleaner_str option, gleaner_str message);
  /* Progress for a terminal; `total` 0 when unknown. As often as one likes: the host limits the rate. */
  void (*progress)(const gleaner_call* call, uint64_t done, uint64_t total, gleaner_str what);
  int64_t remaining_ms; /* time the host grants from entry on, or INT64_MAX */
  uint32_t attempt;     /* 1 for the first try */
  uint32_t dry_run;     /* 1: nothing that costs, sends or writes may be done */
#if GLEANER_TARGET_MINOR >= 2
  /* The announcement date this run is of, "YYYY-MM-DD": count from it rather than from the clock, since a run
   * may be of a past day. The same in every call of a stage and of an output; in fetch it is the date of its
   * gleaner_day. Empty where none is known, as in create and health. */
  gleaner_str date;
#endif
};

/* ---- The host as a plugin sees it
 * ------------------------------------------------------------------------------------ */

/* Made for one instance; valid from create until destroy returns. Its functions may be called from any
 * thread. */
typedef struct gleaner_host gleaner_host;
struct gleaner_host {
  uint64_t size;
  void* context; /* the host's: identifies the instance, so that stores and logs are its own */
  /* A service's function table (gleaner/ext/NAME.h names id and type), or NULL when this host has none of
   * that id. The table lives as long as the host. */
  const void* (*service)(const gleaner_host* host, gleaner_str id);
  gleaner_str version; /* "0.1.0" */
  uint32_t abi_minor;  /* the newest minor the host knows */
  uint32_t reserved;   /* 0 */
};

/* ---- Options
 * ---------------------------------------------------------------------------------------------------------
 */

/* gleaner_option.type and gleaner_value.type, with the field of gleaner_value that holds the value */
#define GLEANER_TYPE_STRING 1  /* text */
#define GLEANER_TYPE_INTEGER 2 /* integer */
#define GLEANER_TYPE_NUMBER 3  /* number */
#define GLEANER_TYPE_BOOLEAN 4 /* integer: 0 or 1 */
#define GLEANER_TYPE_ENUM 5    /* text: one of `choices` */
#define GLEANER_TYPE_LIST 6    /* items: texts; each one of `choices` where there are any */
#define GLEANER_TYPE_MAP 7     /* entries: numbers by name, in the file's order */
#define GLEANER_TYPE_DURATION \
  8 /* integer: milliseconds, written "30s", "500ms", "2m", "1h", "7d"; text: as written */
#define GLEANER_TYPE_PATH                                                                                 \
  9 /* text: made absolute by the host, relative to the pipeline file; in an output's option named `path` \
       `{date}` and the like are expanded and `--out` counts; "-" is standard input or output */
#define GLEANER_TYPE_SECRET 10 /* text: an opaque handle for gleaner.secret/1, never the secret itself */
#define GLEANER_TYPE_TABLE 11  /* text: a free TOML table as JSON */

#define GLEANER_OPTION_REQUIRED 1u /* flags: has no default and must be given */
#define GLEANER_OPTION_BOUNDED \
  2u /* flags: `lowest` and `highest` hold (inclusive; milliseconds for a duration) */
#define GLEANER_OPTION_DEPRECATED 4u /* flags: still read; lint warns with the doc text */

/* One option of a component. One table of these gives parsing, checks, JSON Schema, `describe` and the sample
 * config. */
typedef struct gleaner_option {
  uint64_t size;
  gleaner_str name; /* lower_snake_case; not one of the reserved keys (use name when on_error timeout retry
                       isolate limit top sections) */
  gleaner_str doc;  /* one sentence, with unit and range */
  /* Default as one would write it in the file (TOML); for text-like types (string, enum, duration, path,
   * secret) without the quotes. Empty: no default, the option is simply absent when not given. A default
   * passes through the same checks as a given value, and reaches `create` like one. */
  gleaner_str fallback;
  gleaner_str example; /* a value for the sample config, written like `fallback`; empty: the default */
  const gleaner_str* choices;
  uint64_t choice_count;
  double lowest;
  double highest;
  uint32_t type;
  uint32_t flags;
} gleaner_option;

/* A checked value, as `create` gets it. Only the field its type names is meaningful. */
typedef struct gleaner_value {
  uint64_t size;
  gleaner_str name;
  gleaner_str text;
  int64_t integer;
  double number;
  const gleaner_str* items;
  uint64_t item_count;
  const gleaner_number* entries;
  uint64_t entry_count;
  uint32_t type;
  uint32_t given; /* 1: the pipeline file says so; 0: the default */
} gleaner_value;

/* What `create` gets: borrowed until create returns. */
typedef struct gleaner_config {
  uint64_t size;
  gleaner_str instance;        /* the component's `name` in the pipeline, "openai-2" */
  gleaner_str pipeline;        /* the pipeline's name */
  gleaner_str contact;         /* the owner's address, or empty */
  const gleaner_value* values; /* given and defaulted options; absent ones are not listed */
  uint64_t value_count;
  uint64_t value_stride;
} gleaner_config;

/* ---- Sources
 * ---------------------------------------------------------------------------------------------------------
 */

/* The day that is wanted. */
typedef struct gleaner_day {
  uint64_t size;
  gleaner_str date;  /* "YYYY-MM-DD", an announcement date in the source's own calendar; empty: whatever the
                        source has now */
  gleaner_str today; /* today in the source's calendar (its declared time zone), or UTC without one */
  uint32_t explicit_date; /* 1: the reader named the date; another day's data must not be taken for it */
  uint32_t reserved;      /* 0 */
#if GLEANER_TARGET_MINOR >= 2
  /* Days without an announcement that the reader adds to those of the component's gleaner_calendar,
   * "YYYY-MM-DD". Borrowed until fetch returns. */
  const gleaner_str* holidays;
  uint64_t holiday_count;
#endif
} gleaner_day;

/* Where a source puts its papers: host-owned, valid during fetch, used from the thread that runs fetch only.
 * A function that returns another status than GLEANER_OK has already said why: return that status at once. */
typedef struct gleaner_sink gleaner_sink;
struct gleaner_sink {
  uint64_t size;
  void* context;
  /* "What I am about to push is of this announcement date" ("YYYY-MM-DD"), once, before the first paper where
   * it is known. The host refuses another day than the one wanted, naming both. `origin` says where it was
   * read: a URL or a file. */
  int32_t (*dated)(const gleaner_sink* sink, gleaner_str date, gleaner_str origin);
  /* Takes `count` papers, copying them. Waits while the queue is full. */
  int32_t (*push)(const gleaner_sink* sink, const gleaner_paper* papers, uint64_t count, uint64_t stride);
  /* Takes `count` papers without a copy. Their memory stays valid and unchanged until the host calls
   * release(owner), exactly once, from any thread, possibly after fetch returned and also when adopt fails.
   */
  int32_t (*adopt)(const gleaner_sink* sink, const gleaner_paper* papers, uint64_t count, uint64_t stride,
                   void (*release)(void* owner), void* owner);
};

typedef struct gleaner_source {
  uint64_t size;
  /* Pushes the day's papers. GLEANER_OK with none pushed is an empty day; the host decides by the calendar
   * whether that is quiet. */
  int32_t (*fetch)(void* instance, const gleaner_call* call, const gleaner_day* day,
                   const gleaner_sink* sink);
  /* For `gleaner check`, with GLEANER_HEALTH: reaches what the component needs, cheaply; fail() says what is
   * wrong. May be NULL. */
  int32_t (*health)(void* instance, const gleaner_call* call);
} gleaner_source;

/* ---- Stages: filters and scorers
 * -------------------------------------------------------------------------------------- */

/* gleaner_batch.verdicts */
#define GLEANER_PASS 0 /* preset: on to the next stage */
#define GLEANER_DROP 1 /* out; give a reason */
#define GLEANER_PICK 2 /* in, past the other stages and cut-offs; give a total */

/* Papers to judge and where to write what is thought of them. Host-owned, valid until judge returns. Index i
 * is paper i of this batch; the functions may be called from any thread the stage uses during judge, for
 * different i at the same time. */
typedef struct gleaner_batch gleaner_batch;
struct gleaner_batch {
  uint64_t size;
  void* context;
  const gleaner_paper* const* papers;
  uint64_t count;
  uint8_t* verdicts;   /* count bytes, preset to GLEANER_PASS */
  double* totals;      /* count numbers, preset to NaN: the total of a picked paper, finite */
  double* const* axes; /* axis_count arrays of `count` numbers, preset to NaN (unscored), in declared order */
  uint64_t axis_count;
  /* Why paper i was dropped or picked: a short phrase ("category not wanted"). Papers with the same phrase
   * are one receipt row. */
  void (*reason)(const gleaner_batch* batch, uint64_t i, gleaner_str text);
  /* A text about paper i: key "comment", "summary" or "flag"; UTF-8, 4096 bytes at most; the last stage wins.
   * A stage that leaves a paper without a score may say why in its flag: "unscored: " and a phrase. It is
   * shown with the paper until somebody scores it. Where [budget] is the reason the phrase holds the word
   * "budget": those papers, and no others, are then ranked by the fallback. */
  void (*annotate)(const gleaner_batch* batch, uint64_t i, gleaner_str key, gleaner_str text);
};

typedef struct gleaner_stage {
  uint64_t size;
  /* Judges every paper of the batch. On an error what was already written for single papers still counts;
   * papers left without a score are unscored. */
  int32_t (*judge)(void* instance, const gleaner_call* call, const gleaner_batch* batch);
  int32_t (*health)(void* instance, const gleaner_call* call); /* as in gleaner_source */
#if GLEANER_TARGET_MINOR >= 1
  /* What judging `batch` would cost, without a request: adds to gleaner.account/1 `usage`. For --dry-run. May
   * be NULL. */
  int32_t (*estimate)(void* instance, const gleaner_call* call, const gleaner_batch* batch);
#endif
} gleaner_stage;

/* ---- Outputs
 * ----------------------------------------------------------------------------------------------------------
 */

/* A paper as the digest has it. Borrowed like the digest. */
typedef struct gleaner_entry {
  uint64_t size;
  const gleaner_paper* paper;
  double total;                 /* NaN when there is none */
  const gleaner_number* scores; /* bare axes; `NAME.axis` where two stages wrote one; scored ones only */
  uint64_t score_count;
  gleaner_str comment;
  gleaner_str summary;
  gleaner_str flag;
  gleaner_str decided_by; /* the stage that picked it or scored it last */
} gleaner_entry;

/* What an output delivers. Borrowed until the function it was passed to returns. */
typedef struct gleaner_digest {
  uint64_t size;
  gleaner_str title;
  gleaner_str date; /* "YYYY-MM-DD" */
  gleaner_str pipeline;
  gleaner_str json; /* the whole digest, schema gleaner.digest/1: receipt, prompt, usage, warnings and all;
                       empty for `begin` */
  const gleaner_entry* const* papers; /* selected, in order */
  uint64_t paper_count;
  const gleaner_entry* const* unscored;
  uint64_t unscored_count;
  gleaner_str key; /* idempotency key of this run and output: the same for every attempt, a new one for
                      another date */
  uint64_t announced;
  uint64_t scanned;
  uint32_t complete; /* 1: nothing is missing and the receipt closes */
  uint32_t attempt;  /* 1 for the first try */
} gleaner_digest;

typedef struct gleaner_output {
  uint64_t size;
  /* Writes or sends the digest. Files go through gleaner.file/1, which makes them whole or not at all. NULL
   * when streaming. */
  int32_t (*deliver)(void* instance, const gleaner_call* call, const gleaner_digest* digest);
  int32_t (*health)(void* instance, const gleaner_call* call); /* as in gleaner_source */
  /* With GLEANER_STREAMS instead of deliver: begin once (`papers` empty), write for each run of papers in
   * order, end once (status GLEANER_OK: all were written; else give up what was begun). All three or none. */
  int32_t (*begin)(void* instance, const gleaner_call* call, const gleaner_digest* digest);
  int32_t (*write)(void* instance, const gleaner_call* call, const gleaner_entry* const* papers,
                   uint64_t count);
  int32_t (*end)(void* instance, const gleaner_call* call, int32_t status);
} gleaner_output;

/* ---- Descriptors
 * ------------------------------------------------------------------------------------------------------ */

/* gleaner_component.kind */
#define GLEANER_SOURCE 1 /* functions: gleaner_source */
#define GLEANER_FILTER 2 /* functions: gleaner_stage */
#define GLEANER_SCORER 3 /* functions: gleaner_stage */
#define GLEANER_OUTPUT 4 /* functions: gleaner_output */

/* gleaner_component.capabilities */
#define GLEANER_CONCURRENT 1u   /* an instance may be called on several threads at once */
#define GLEANER_AFTER_SELECT 2u /* a stage that runs on the selected papers only (summaries) */
#define GLEANER_NAMES_AXES 4u   /* its list option `axes` names its axes; the declared ones are the default */
#define GLEANER_HEALTH 8u       /* has a health function */
#define GLEANER_STREAMS 16u     /* an output with begin/write/end */
#define GLEANER_WHOLE_DAY 32u   /* a stage that wants all papers of the run in one batch (it cuts its own) */
#define GLEANER_REMOTE 64u      /* talks to a server; lint and --dry-run need to know */
#define GLEANER_PAID 128u       /* its requests cost money: skipped in --dry-run, counted by [budget] */

/* An axis a stage gives. */
typedef struct gleaner_axis {
  uint64_t size;
  gleaner_str name; /* lower_snake_case */
  gleaner_str doc;
  double lowest; /* a score outside is refused by the host, the paper stays unscored on this axis */
  double highest;
} gleaner_axis;

/* gleaner_need.kind */
#define GLEANER_NEEDS_HOST 1   /* a server, "export.arxiv.org" */
#define GLEANER_NEEDS_SECRET 2 /* a secret, "OPENAI_API_KEY" */
#define GLEANER_NEEDS_FILE 3   /* a file or folder outside its options, "/usr/share/…" */

/* Something a component needs from outside; `describe` shows it. */
typedef struct gleaner_need {
  uint64_t size;
  gleaner_str name;
  gleaner_str doc;
  uint32_t kind;
  uint32_t reserved; /* 0 */
} gleaner_need;

/* How a server wants to be asked. The HTTP service keeps to it for every request of the component, whatever
 * the URL. */
typedef struct gleaner_politeness {
  uint64_t size;
  gleaner_str group;               /* components and processes of one group share the limits, "arxiv" */
  const gleaner_str* wrong_bodies; /* a body that starts like this (ASCII case ignored) under status 200 is
                                      "asked too often" */
  uint64_t wrong_body_count;
  const int32_t* throttle_statuses; /* HTTP statuses that mean "asked too often" here, besides 429 and 503 */
  uint64_t throttle_status_count;
  uint32_t interval_ms; /* least time between two requests; an option named `interval` of the component
                           replaces it */
  uint32_t connections; /* at most so many at once; 0: the host's default; an option named `concurrency` of
                           the component replaces it */
#if GLEANER_TARGET_MINOR >= 2
  /* An error answer whose body holds one of these words is final whatever its status ("insufficient_quota"
   * under 429): it is not asked again. */
  const gleaner_str* final_words;
  uint64_t final_word_count;
#endif
} gleaner_politeness;

/* When a source announces. */
typedef struct gleaner_calendar {
  uint64_t size;
  gleaner_str time_zone;       /* IANA name, "America/New_York" */
  const gleaner_str* holidays; /* "YYYY-MM-DD" days without an announcement */
  uint64_t holiday_count;
  uint32_t weekdays; /* bit 0 Monday … bit 6 Sunday: days with an announcement */
  uint32_t reserved; /* 0 */
} gleaner_calendar;

/* One component. Static: lives as long as the library, which is never unloaded. */
typedef struct gleaner_component {
  uint64_t size;
  gleaner_str name; /* lower-case letters, digits, '-' and '_'; unique per kind, filters and scorers sharing
                       one space */
  gleaner_str version;       /* the component's own, "1.2.0" */
  gleaner_str summary;       /* one line */
  gleaner_str documentation; /* Markdown, or empty */
  const gleaner_option* options;
  uint64_t option_count;
  uint64_t option_stride;
  const gleaner_axis* axes;
  uint64_t axis_count;
  uint64_t axis_stride;
  const gleaner_need* needs;
  uint64_t need_count;
  uint64_t need_stride;
  const gleaner_politeness* politeness; /* NULL: none */
  const gleaner_calendar* calendar;     /* NULL: none */
  const void* functions;                /* gleaner_source, gleaner_stage or gleaner_output, by kind */
  /* Makes an instance from checked options, or says with fail() which of them cannot work. No network, no
   * file written: `lint` creates every component of a pipeline to hear what it says, and destroys it at once.
   * A host that only tries may have no other services than log and clock. *instance is passed to every other
   * function.
   */
  int32_t (*create)(const gleaner_host* host, const gleaner_call* call, const gleaner_config* config,
                    void** instance);
  void (*destroy)(void* instance);
  uint32_t kind;
  uint32_t capabilities;
  uint32_t batch;    /* a stage's largest batch; 0: the host's choice (256) */
  uint32_t reserved; /* 0 */
#if GLEANER_TARGET_MINOR >= 1
  gleaner_str homepage; /* a URL for people, or empty */
#endif
} gleaner_component;

/* The exported constant. */
typedef struct gleaner_plugin {
  uint64_t size;
  uint32_t abi_minor;      /* GLEANER_TARGET_MINOR */
  uint32_t min_host_minor; /* the lowest host minor it works with */
  const gleaner_stamp* stamp;
  gleaner_str name;
  gleaner_str version;
  gleaner_str author;
  gleaner_str license; /* SPDX, or empty */
  const gleaner_component* components;
  uint64_t component_count;
  uint64_t component_stride;
} gleaner_plugin;

/* ---- For C plugins: text constants, the stamp, the export
 * ------------------------------------------------------------- */

/* A gleaner_str of a string literal, in a static initialiser. */
#define GLEANER_STR(literal) \
  { (literal), sizeof(literal) - 1 }

#if defined(__GNUC__) || defined(__clang__)
#define GLEANER_EXPORT __attribute__((visibility("default")))
#define GLEANER_IN_STAMP_SECTION __attribute__((section(GLEANER_STAMP_SECTION), used))
#else
#define GLEANER_EXPORT
#define GLEANER_IN_STAMP_SECTION
#endif

/* Initialiser of a stamp. */
#define GLEANER_STAMP_INIT(min_minor)                                                                        \
  {                                                                                                          \
    GLEANER_STAMP_MAGIC, GLEANER_BYTE_ORDER_MARK, GLEANER_ABI_MAJOR, GLEANER_TARGET_MINOR, (min_minor), 64u, \
        0u, GLEANER_ARCH, {                                                                                  \
      0, 0, 0, 0, 0, 0, 0, 0                                                                                 \
    }                                                                                                        \
  }

/* The symbol every plugin defines. */
GLEANER_EXPORT extern const gleaner_plugin gleaner_plugin_v1;

#ifdef __cplusplus
}
#endif

#endif /* GLEANER_ABI_H */
