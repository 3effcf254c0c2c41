/* A scorer that says of itself about as much as a real one, thirty times over: NAME differs. For `gleaner
 * list`. */
#include <gleaner/abi.h>

static int32_t create(const gleaner_host* host, const gleaner_call* call, const gleaner_config* config,
                      void** instance) {
  return (void)host, (void)call, (void)config, (void)instance, GLEANER_OK;
}
static void destroy(void* instance) {
  (void)instance;
}
static int32_t judge(void* instance, const gleaner_call* call, const gleaner_batch* batch) {
  return (void)instance, (void)call, (void)batch, GLEANER_OK;
}

/* clang-format off */
#define SENTENCE "Papers whose title or abstract has one of these words are raised by its weight, once for each. "
#define PARAGRAPH SENTENCE SENTENCE SENTENCE SENTENCE SENTENCE "\n\n"
#define OPTION(name_, type_, fallback_) \
    {.size = sizeof(gleaner_option), .name = GLEANER_STR(name_), .doc = GLEANER_STR(SENTENCE SENTENCE), \
     .fallback = GLEANER_STR(fallback_), .type = type_}
static const gleaner_option options[] = {
    OPTION("words", GLEANER_TYPE_LIST, "[]"),         OPTION("weights", GLEANER_TYPE_MAP, "{}"),
    OPTION("strict", GLEANER_TYPE_BOOLEAN, "false"),  OPTION("count", GLEANER_TYPE_INTEGER, "100"),
    OPTION("factor", GLEANER_TYPE_NUMBER, "1.5"),     OPTION("pause", GLEANER_TYPE_DURATION, "3s"),
    OPTION("language", GLEANER_TYPE_STRING, "en"),    OPTION("file", GLEANER_TYPE_PATH, "words.txt")};
static const gleaner_axis axes[] = {
    {.size = sizeof *axes, .name = GLEANER_STR("relevance"), .doc = GLEANER_STR(SENTENCE), .lowest = 1, .highest = 10}};
static const gleaner_stage functions = {.size = sizeof functions, .judge = judge};
static const gleaner_component components[] = {
    {.size = sizeof *components, .name = GLEANER_STR(NAME), .version = GLEANER_STR("1.0.0"),
     .summary = GLEANER_STR("Raises papers that have certain words"),
     .documentation = GLEANER_STR(PARAGRAPH PARAGRAPH PARAGRAPH PARAGRAPH),
     .options = options, .option_count = sizeof options / sizeof *options, .option_stride = sizeof *options,
     .axes = axes, .axis_count = 1, .axis_stride = sizeof *axes,
     .functions = &functions, .create = create, .destroy = destroy, .kind = GLEANER_SCORER}};
GLEANER_IN_STAMP_SECTION static const gleaner_stamp stamp = GLEANER_STAMP_INIT(0);
const gleaner_plugin gleaner_plugin_v1 = {
    .size = sizeof gleaner_plugin_v1, .abi_minor = GLEANER_TARGET_MINOR, .stamp = &stamp,
    .name = GLEANER_STR(NAME), .version = GLEANER_STR("1.0.0"), .components = components, .component_count = 1,
    .component_stride = sizeof *components};
