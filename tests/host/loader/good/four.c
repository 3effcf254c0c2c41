/* One component of each kind in C11, with every table of the descriptor filled. */
/* clang-format off */
#include <stdlib.h>
#include <string.h>
#include <gleaner/abi.h>

static int32_t create(const gleaner_host* host, const gleaner_call* call, const gleaner_config* config, void** instance) {
  (void)host, (void)call, (void)config;
  *instance = calloc(1, sizeof(uint64_t)); /* papers seen */
  return *instance != NULL ? GLEANER_OK : GLEANER_FAILED;
}

static int32_t fetch(void* instance, const gleaner_call* call, const gleaner_day* day, const gleaner_sink* sink) {
  (void)instance, (void)call;
  const gleaner_str origin = GLEANER_STR("memory");
  const gleaner_paper papers[] = {{.size = sizeof papers[0], .id = GLEANER_STR("2505.00001"), .title = GLEANER_STR("Short")},
                                  {.size = sizeof papers[0], .id = GLEANER_STR("2505.00002"), .title = GLEANER_STR("A longer title")}};
  const int32_t status = sink->dated(sink, day->date, origin);
  return status == GLEANER_OK ? sink->push(sink, papers, 2, sizeof papers[0]) : status;
}

static int32_t filter(void* instance, const gleaner_call* call, const gleaner_batch* batch) {
  (void)instance, (void)call;
  const gleaner_str why = GLEANER_STR("title too short");
  for (uint64_t i = 0; i < batch->count; ++i) {
    if (batch->papers[i]->title.size >= 10) continue;
    batch->verdicts[i] = GLEANER_DROP;
    batch->reason(batch, i, why);
  }
  return GLEANER_OK;
}

static int32_t score(void* instance, const gleaner_call* call, const gleaner_batch* batch) {
  (void)call;
  for (uint64_t i = 0; i < batch->count; ++i) batch->axes[0][i] = (double)batch->papers[i]->title.size;
  *(uint64_t*)instance += batch->count;
  return GLEANER_OK;
}

static int32_t deliver(void* instance, const gleaner_call* call, const gleaner_digest* digest) {
  (void)instance;
  const gleaner_str none = {NULL, 0}, message = GLEANER_STR("no papers");
  return digest->paper_count > 0 ? GLEANER_OK : call->fail(call, GLEANER_FAILED, none, message);
}

static const gleaner_source source = {.size = sizeof source, .fetch = fetch};
static const gleaner_stage filter_functions = {.size = sizeof filter_functions, .judge = filter};
static const gleaner_stage scorer_functions = {.size = sizeof scorer_functions, .judge = score};
static const gleaner_output output = {.size = sizeof output, .deliver = deliver};

static const gleaner_str routes[] = {GLEANER_STR("rss"), GLEANER_STR("atom")};
static const gleaner_option options[] = {
    {.size = sizeof *options, .name = GLEANER_STR("via"), .doc = GLEANER_STR("The route"), .fallback = GLEANER_STR("rss"),
     .example = GLEANER_STR("atom"), .choices = routes, .choice_count = 2, .type = GLEANER_TYPE_ENUM},
    {.size = sizeof *options, .name = GLEANER_STR("interval"), .fallback = GLEANER_STR("3s"), .lowest = 1000, .highest = 60000,
     .type = GLEANER_TYPE_DURATION, .flags = GLEANER_OPTION_BOUNDED | GLEANER_OPTION_DEPRECATED}};
static const gleaner_option axis_option = {.size = sizeof axis_option, .name = GLEANER_STR("axes"), .type = GLEANER_TYPE_LIST};
static const gleaner_axis axes[] = {{.size = sizeof *axes, .name = GLEANER_STR("length"), .doc = GLEANER_STR("Bytes"),
                                     .lowest = 0, .highest = 1000}};
static const gleaner_need needs[] = {{.size = sizeof *needs, .name = GLEANER_STR("EXAMPLE_KEY"), .doc = GLEANER_STR("The key"),
                                      .kind = GLEANER_NEEDS_SECRET}};
static const gleaner_str bodies[] = {GLEANER_STR("Rate exceeded.")};
static const int32_t statuses[] = {406};
static const gleaner_politeness politeness = {.size = sizeof politeness, .group = GLEANER_STR("example"), .wrong_bodies = bodies,
                                              .wrong_body_count = 1, .throttle_statuses = statuses, .throttle_status_count = 1,
                                              .interval_ms = 3000, .connections = 1};
static const gleaner_str holidays[] = {GLEANER_STR("2025-12-25")};
static const gleaner_calendar calendar = {.size = sizeof calendar, .time_zone = GLEANER_STR("America/New_York"),
                                          .holidays = holidays, .holiday_count = 1, .weekdays = 31};

static const gleaner_component components[] = {
    {.size = sizeof *components, .name = GLEANER_STR("four"), .version = GLEANER_STR("1.2.0"), .summary = GLEANER_STR("Two papers"),
     .documentation = GLEANER_STR("# Two\n\npapers \xe2\x80\x94 always."), .options = options, .option_count = 2,
     .option_stride = sizeof *options, .needs = needs, .need_count = 1, .need_stride = sizeof *needs, .politeness = &politeness,
     .calendar = &calendar, .functions = &source, .create = create, .destroy = free, .kind = GLEANER_SOURCE,
     .capabilities = GLEANER_REMOTE | GLEANER_CONCURRENT, .homepage = GLEANER_STR("https://example.org/four")},
    {.size = sizeof *components, .name = GLEANER_STR("four-filter"), .functions = &filter_functions, .create = create,
     .destroy = free, .kind = GLEANER_FILTER},
    {.size = sizeof *components, .name = GLEANER_STR("four"), .options = &axis_option, .option_count = 1,
     .option_stride = sizeof axis_option, .axes = axes, .axis_count = 1, .axis_stride = sizeof *axes, .functions = &scorer_functions,
     .create = create, .destroy = free, .kind = GLEANER_SCORER, .capabilities = GLEANER_NAMES_AXES, .batch = 64},
    {.size = sizeof *components, .name = GLEANER_STR("four"), .functions = &output, .create = create, .destroy = free,
     .kind = GLEANER_OUTPUT}};

GLEANER_IN_STAMP_SECTION static const gleaner_stamp stamp = GLEANER_STAMP_INIT(0);
const gleaner_plugin gleaner_plugin_v1 = {
    .size = sizeof gleaner_plugin_v1, .abi_minor = GLEANER_TARGET_MINOR, .stamp = &stamp, .name = GLEANER_STR("all-four"),
    .version = GLEANER_STR("2.0"), .author = GLEANER_STR("A. Author"), .license = GLEANER_STR("Apache-2.0"),
    .components = components, .component_count = 4, .component_stride = sizeof *components};
