/* A plugin of a later minor: every table has one more field at its end, in use where USES names it. */
/* clang-format off */
/* The symbol is declared below, with the type it will have: abi.h must not declare it with today's. */
#define gleaner_plugin_v1 gleaner_plugin_of_today
#include <gleaner/abi.h>
#undef gleaner_plugin_v1

#define NOTHING 0
#define PLUGIN 1
#define COMPONENT 2
#define FUNCTION_TABLE 3
#define OPTION 4
#define AXIS 5
#define NEED 6
#define POLITENESS 7
#define CALENDAR 8
#ifndef USES
#define USES NOTHING
#endif
#ifndef MIN_HOST
#define MIN_HOST GLEANER_ABI_MINOR + 1
#endif
#define LATER(table) (USES == (table) ? 77u : 0u)

static int32_t create(const gleaner_host* host, const gleaner_call* call, const gleaner_config* config, void** instance) {
  return (void)host, (void)call, (void)config, *instance = 0, GLEANER_OK;
}
static void destroy(void* instance) { (void)instance; }
static int32_t fetch(void* instance, const gleaner_call* call, const gleaner_day* day, const gleaner_sink* sink) {
  return (void)instance, (void)call, (void)day, (void)sink, GLEANER_OK;
}
static int32_t judge(void* instance, const gleaner_call* call, const gleaner_batch* batch) {
  return (void)instance, (void)call, (void)batch, GLEANER_OK;
}

static const struct later_source { gleaner_source known; uint64_t later; } source = {
    {.size = sizeof source, .fetch = fetch}, LATER(FUNCTION_TABLE)};
static const gleaner_stage stage = {.size = sizeof stage, .judge = judge};
static const struct later_option { gleaner_option known; uint64_t later; } options[] = {
    {{.size = sizeof *options, .name = GLEANER_STR("first"), .type = GLEANER_TYPE_INTEGER}, LATER(OPTION)},
    {{.size = sizeof *options, .name = GLEANER_STR("second"), .type = GLEANER_TYPE_STRING}, 0}};
static const struct later_axis { gleaner_axis known; uint64_t later; } axes[] = {
    {{.size = sizeof *axes, .name = GLEANER_STR("relevance"), .lowest = 1, .highest = 10}, LATER(AXIS)},
    {{.size = sizeof *axes, .name = GLEANER_STR("novelty"), .lowest = 1, .highest = 10}, 0}};
static const struct later_need { gleaner_need known; uint64_t later; } needs[] = {
    {{.size = sizeof *needs, .name = GLEANER_STR("example.org"), .kind = GLEANER_NEEDS_HOST}, LATER(NEED)}};
static const struct later_politeness { gleaner_politeness known; uint64_t later; } politeness = {
    {.size = sizeof politeness, .group = GLEANER_STR("example")}, LATER(POLITENESS)};
static const struct later_calendar { gleaner_calendar known; uint64_t later; } calendar = {
    {.size = sizeof calendar, .time_zone = GLEANER_STR("UTC"), .weekdays = 31}, LATER(CALENDAR)};

static const struct later_component { gleaner_component known; uint64_t later; } components[] = {
    {{.size = sizeof *components, .name = GLEANER_STR("grown"), .options = &options[0].known, .option_count = 2,
      .option_stride = sizeof *options, .needs = &needs[0].known, .need_count = 1, .need_stride = sizeof *needs,
      .politeness = &politeness.known, .calendar = &calendar.known, .functions = &source, .create = create,
      .destroy = destroy, .kind = GLEANER_SOURCE, .homepage = GLEANER_STR("https://example.org")},
     LATER(COMPONENT)},
    {{.size = sizeof *components, .name = GLEANER_STR("grown"), .axes = &axes[0].known, .axis_count = 2,
      .axis_stride = sizeof *axes, .functions = &stage, .create = create, .destroy = destroy, .kind = GLEANER_SCORER},
     0}};

GLEANER_IN_STAMP_SECTION static const gleaner_stamp stamp = {
    GLEANER_STAMP_MAGIC, GLEANER_BYTE_ORDER_MARK, GLEANER_ABI_MAJOR, GLEANER_ABI_MINOR + 1, MIN_HOST, 64, 0, GLEANER_ARCH, {0}};

struct later_plugin { gleaner_plugin known; uint64_t later; };
GLEANER_EXPORT extern const struct later_plugin gleaner_plugin_v1;
const struct later_plugin gleaner_plugin_v1 = {
    {.size = sizeof gleaner_plugin_v1, 
     .abi_minor = GLEANER_ABI_MINOR + 1, .min_host_minor = MIN_HOST, .stamp = &stamp, .name = GLEANER_STR("grown"),
     .version = GLEANER_STR("1.0"), .components = &components[0].known, .component_count = 2,
     .component_stride = sizeof *components},
    LATER(PLUGIN)};
