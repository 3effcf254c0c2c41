/* A filter in plain C: drops papers whose title is longer than `most` bytes. */
#include <stdlib.h>

#include <gleaner/abi.h>

static int32_t create(const gleaner_host* host, const gleaner_call* call, const gleaner_config* config,
                      void** instance) {
  static const gleaner_str words = GLEANER_STR("There is not enough memory."), none = {0, 0};
  uint64_t* most = malloc(sizeof *most);
  (void)host;
  if (!most) return call->fail(call, GLEANER_FAILED, none, words);
  *most = (uint64_t)config->values[0].integer; /* the only option, and never absent: it has a default */
  *instance = most;
  return GLEANER_OK;
}

static int32_t judge(void* instance, const gleaner_call* call, const gleaner_batch* batch) {
  static const gleaner_str why = GLEANER_STR("the title is too long");
  const uint64_t* most = instance;
  for (uint64_t i = 0; i < batch->count && !call->cancelled(call); ++i) {
    if (batch->papers[i]->title.size <= *most) continue;
    batch->verdicts[i] = GLEANER_DROP;
    batch->reason(batch, i, why);
  }
  return GLEANER_OK;
}

static const gleaner_stage functions = {.size = sizeof(gleaner_stage), .judge = judge};
static const gleaner_option option = {.size = sizeof(gleaner_option),
                                      .name = GLEANER_STR("most"),
                                      .doc = GLEANER_STR("Longest title, 1 to 1000 bytes"),
                                      .fallback = GLEANER_STR("100"),
                                      .lowest = 1,
                                      .highest = 1000,
                                      .type = GLEANER_TYPE_INTEGER,
                                      .flags = GLEANER_OPTION_BOUNDED};
static const gleaner_component component = {.size = sizeof(gleaner_component),
                                            .name = GLEANER_STR("short-titles"),
                                            .version = GLEANER_STR("1.0.0"),
                                            .summary = GLEANER_STR("Drops long titles"),
                                            .options = &option,
                                            .option_count = 1,
                                            .option_stride = sizeof option,
                                            .functions = &functions,
                                            .create = create,
                                            .destroy = free,
                                            .kind = GLEANER_FILTER};
static const gleaner_stamp stamp GLEANER_IN_STAMP_SECTION = GLEANER_STAMP_INIT(0);
const gleaner_plugin gleaner_plugin_v1 = {.size = sizeof(gleaner_plugin),
                                          .abi_minor = GLEANER_TARGET_MINOR,
                                          .stamp = &stamp,
                                          .name = GLEANER_STR("short-titles"),
                                          .version = GLEANER_STR("1.0.0"),
                                          .components = &component,
                                          .component_count = 1,
                                          .component_stride = sizeof component};
