/* A plugin in order in every respect; CMakeLists.txt breaks one thing at a time by defining a macro. */
/* clang-format off */
#include <math.h>
#ifdef PLUGIN_TAIL /* the symbol gets the type a later minor would give it */
#define gleaner_plugin_v1 gleaner_plugin_of_today
#endif
#include <gleaner/abi.h>
#undef gleaner_plugin_v1

#ifndef STAMP_MAGIC
#define STAMP_MAGIC GLEANER_STAMP_MAGIC
#endif
#ifndef STAMP_ORDER
#define STAMP_ORDER GLEANER_BYTE_ORDER_MARK
#endif
#ifndef STAMP_MAJOR
#define STAMP_MAJOR GLEANER_ABI_MAJOR
#endif
#ifndef STAMP_BITS
#define STAMP_BITS 64
#endif
#ifndef STAMP_ARCH
#define STAMP_ARCH GLEANER_ARCH
#endif
#ifndef STAMP_COUNT
#define STAMP_COUNT 1
#endif
#ifndef STAMP_POINTER
#define STAMP_POINTER stamps
#endif
#ifndef MINOR
#define MINOR 1
#endif
#ifndef MIN_HOST
#define MIN_HOST 0
#endif
#ifndef PLUGIN_MINOR
#define PLUGIN_MINOR MINOR
#endif
#ifndef PLUGIN_SIZE
#define PLUGIN_SIZE sizeof(gleaner_plugin)
#endif
#ifndef PLUGIN_NAME
#define PLUGIN_NAME GLEANER_STR("bad")
#endif
#ifndef COMPONENTS
#define COMPONENTS components
#endif
#ifndef COMPONENT_COUNT
#define COMPONENT_COUNT 1
#endif
#ifndef COMPONENT_STRIDE
#define COMPONENT_STRIDE sizeof(gleaner_component)
#endif
#ifndef COMPONENT_SIZE
#define COMPONENT_SIZE sizeof(gleaner_component)
#endif
#ifndef NAME
#define NAME GLEANER_STR("probe")
#endif
#ifndef SECOND_NAME
#define SECOND_NAME GLEANER_STR("second")
#endif
#ifndef SECOND_KIND
#define SECOND_KIND GLEANER_SCORER
#endif
#ifndef SUMMARY
#define SUMMARY GLEANER_STR("One fault")
#endif
#ifndef DOCUMENTATION
#define DOCUMENTATION GLEANER_STR("Text")
#endif
#ifndef KIND
#define KIND GLEANER_SCORER
#endif
#ifndef CAPABILITIES
#define CAPABILITIES 0
#endif
#ifndef RESERVED
#define RESERVED 0
#endif
#ifndef FUNCTIONS
#define FUNCTIONS &stage
#endif
#ifndef TABLE_SIZE
#define TABLE_SIZE sizeof(gleaner_stage)
#endif
#ifndef JUDGE
#define JUDGE judge
#endif
#ifndef FETCH
#define FETCH fetch
#endif
#ifndef DELIVER
#define DELIVER deliver
#endif
#ifndef BEGIN
#define BEGIN 0
#endif
#ifndef CREATE
#define CREATE create
#endif
#ifndef DESTROY
#define DESTROY destroy
#endif
#ifndef OPTIONS
#define OPTIONS options
#endif
#ifndef OPTION_COUNT
#define OPTION_COUNT 2
#endif
#ifndef OPTION_STRIDE
#define OPTION_STRIDE sizeof(gleaner_option)
#endif
#ifndef OPTION_SIZE
#define OPTION_SIZE sizeof(gleaner_option)
#endif
#ifndef OPTION_NAME
#define OPTION_NAME GLEANER_STR("weight")
#endif
#ifndef OPTION_TYPE
#define OPTION_TYPE GLEANER_TYPE_NUMBER
#endif
#ifndef OPTION_FLAGS
#define OPTION_FLAGS 0
#endif
#ifndef OPTION_DOC
#define OPTION_DOC GLEANER_STR("How much")
#endif
#ifndef FALLBACK
#define FALLBACK GLEANER_STR("")
#endif
#ifndef CHOICES
#define CHOICES 0
#endif
#ifndef CHOICE_COUNT
#define CHOICE_COUNT 0
#endif
#ifndef LOWEST
#define LOWEST 0
#endif
#ifndef HIGHEST
#define HIGHEST 1
#endif
#ifndef AXIS_COUNT
#define AXIS_COUNT 2
#endif
#ifndef AXIS_STRIDE
#define AXIS_STRIDE sizeof(gleaner_axis)
#endif
#ifndef AXIS_NAME
#define AXIS_NAME GLEANER_STR("relevance")
#endif
#ifndef AXIS_LOWEST
#define AXIS_LOWEST 1
#endif
#ifndef AXIS_HIGHEST
#define AXIS_HIGHEST 10
#endif
#ifndef NEED_NAME
#define NEED_NAME GLEANER_STR("example.org")
#endif
#ifndef NEED_KIND
#define NEED_KIND GLEANER_NEEDS_HOST
#endif
#ifndef GROUP
#define GROUP GLEANER_STR("example")
#endif
#ifndef WRONG_BODY
#define WRONG_BODY GLEANER_STR("Rate exceeded.")
#endif
#ifndef STATUS
#define STATUS 406
#endif
#ifndef INTERVAL
#define INTERVAL 3000
#endif
#ifndef CALENDAR
#define CALENDAR 0
#endif
#ifndef ZONE
#define ZONE GLEANER_STR("America/New_York")
#endif
#ifndef HOLIDAY
#define HOLIDAY GLEANER_STR("2025-07-04")
#endif
#ifndef WEEKDAYS
#define WEEKDAYS 31
#endif

#ifndef NO_STAMP
GLEANER_IN_STAMP_SECTION
#endif
static const gleaner_stamp stamps[STAMP_COUNT] = {
    {STAMP_MAGIC, STAMP_ORDER, STAMP_MAJOR, MINOR, MIN_HOST, STAMP_BITS, 0, STAMP_ARCH, {0}}};
static const gleaner_stamp other_stamp = {
    GLEANER_STAMP_MAGIC, GLEANER_BYTE_ORDER_MARK, GLEANER_ABI_MAJOR, MINOR, MIN_HOST, 64, 7, GLEANER_ARCH, {0}};

/* Not static: each fault leaves some of them without a use. */
int32_t create(const gleaner_host*, const gleaner_call*, const gleaner_config*, void**);
void destroy(void*);
int32_t judge(void*, const gleaner_call*, const gleaner_batch*);
int32_t fetch(void*, const gleaner_call*, const gleaner_day*, const gleaner_sink*);
int32_t deliver(void*, const gleaner_call*, const gleaner_digest*);

#ifdef MISSING_FUNCTION
extern int gleaner_nobody_has_this(void);
#endif
#ifdef MISSING_LIBRARY
extern int gleaner_gone(void);
#endif

int32_t create(const gleaner_host* host, const gleaner_call* call, const gleaner_config* config, void** instance) {
  (void)host, (void)call, (void)config, (void)instance, (void)other_stamp;
#ifdef MISSING_FUNCTION
  return gleaner_nobody_has_this();
#elif defined(MISSING_LIBRARY)
  return gleaner_gone();
#else
  return GLEANER_OK;
#endif
}
void destroy(void* instance) { (void)instance; }
int32_t judge(void* instance, const gleaner_call* call, const gleaner_batch* batch) {
  return (void)instance, (void)call, (void)batch, GLEANER_OK;
}
int32_t fetch(void* instance, const gleaner_call* call, const gleaner_day* day, const gleaner_sink* sink) {
  return (void)instance, (void)call, (void)day, (void)sink, GLEANER_OK;
}
int32_t deliver(void* instance, const gleaner_call* call, const gleaner_digest* digest) {
  return (void)instance, (void)call, (void)digest, GLEANER_OK;
}

const gleaner_stage stage = {.size = TABLE_SIZE, .judge = JUDGE};
const gleaner_source source = {.size = sizeof source, .fetch = FETCH};
const gleaner_output output = {.size = sizeof output, .deliver = DELIVER, .begin = BEGIN};

const gleaner_str choices[] = {GLEANER_STR("a"), GLEANER_STR("b"), GLEANER_STR("a")};
const gleaner_option options[] = {
    {.size = OPTION_SIZE, .name = OPTION_NAME, .doc = OPTION_DOC, .fallback = FALLBACK, .choices = CHOICES,
     .choice_count = CHOICE_COUNT, .lowest = LOWEST, .highest = HIGHEST, .type = OPTION_TYPE, .flags = OPTION_FLAGS},
    {.size = sizeof(gleaner_option), .name = GLEANER_STR("label"), .type = GLEANER_TYPE_STRING}};

const gleaner_axis axes[] = {
    {.size = sizeof(gleaner_axis), .name = GLEANER_STR("novelty"), .lowest = 1, .highest = 10},
    {.size = sizeof(gleaner_axis), .name = AXIS_NAME, .lowest = AXIS_LOWEST, .highest = AXIS_HIGHEST}};

const gleaner_need needs[] = {{.size = sizeof(gleaner_need), .name = NEED_NAME, .kind = NEED_KIND}};

const gleaner_str wrong_bodies[] = {WRONG_BODY};
const int32_t statuses[] = {STATUS};
const gleaner_politeness politeness = {.size = sizeof politeness, .group = GROUP, .wrong_bodies = wrong_bodies,
                                       .wrong_body_count = 1, .throttle_statuses = statuses,
                                       .throttle_status_count = 1, .interval_ms = INTERVAL};

const gleaner_str holidays[] = {HOLIDAY};
const gleaner_calendar calendar = {.size = sizeof calendar, .time_zone = ZONE, .holidays = holidays,
                                   .holiday_count = 1, .weekdays = WEEKDAYS};

const gleaner_component components[] = {
    {.size = COMPONENT_SIZE, .name = NAME, .version = GLEANER_STR("1.0"), .summary = SUMMARY,
     .documentation = DOCUMENTATION, .options = OPTIONS, .option_count = OPTION_COUNT, .option_stride = OPTION_STRIDE,
     .axes = axes, .axis_count = AXIS_COUNT, .axis_stride = AXIS_STRIDE, .needs = needs, .need_count = 1,
     .need_stride = sizeof(gleaner_need), .politeness = &politeness, .calendar = CALENDAR, .functions = FUNCTIONS,
     .create = CREATE, .destroy = DESTROY, .kind = KIND, .capabilities = CAPABILITIES, .reserved = RESERVED},
    {.size = sizeof(gleaner_component), .name = SECOND_NAME, .functions = &stage, .create = create,
     .destroy = destroy, .kind = SECOND_KIND}};

#ifndef NO_SYMBOL
#ifdef PLUGIN_TAIL
struct later_plugin { gleaner_plugin known; uint64_t later; };
GLEANER_EXPORT extern const struct later_plugin gleaner_plugin_v1;
const struct later_plugin gleaner_plugin_v1 = {{.size = sizeof gleaner_plugin_v1,
#else
const gleaner_plugin gleaner_plugin_v1 = {.size = PLUGIN_SIZE,
#endif
    .abi_minor = PLUGIN_MINOR, .min_host_minor = MIN_HOST, .stamp = STAMP_POINTER, .name = PLUGIN_NAME,
    .version = GLEANER_STR("1.0"), .components = COMPONENTS, .component_count = COMPONENT_COUNT,
    .component_stride = COMPONENT_STRIDE
#ifdef PLUGIN_TAIL
    }, PLUGIN_TAIL
#endif
};
#endif
