/* A stage after select, in plain C: the title as its summary. */
#include <gleaner/abi.h>

static int32_t create(const gleaner_host* host, const gleaner_call* call, const gleaner_config* config,
                      void** instance) {
  static int none; /* it keeps nothing */
  (void)host, (void)call, (void)config;
  *instance = &none;
  return GLEANER_OK;
}

static void destroy(void* instance) {
  (void)instance;
}

static int32_t judge(void* instance, const gleaner_call* call, const gleaner_batch* batch) {
  static const gleaner_str summary = GLEANER_STR("summary");
  (void)instance;
  for (uint64_t i = 0; i < batch->count; ++i) {
    if (call->cancelled(call)) return GLEANER_CANCELLED;
    batch->annotate(batch, i, summary, batch->papers[i]->title);
  }
  return GLEANER_OK;
}

static const gleaner_stage stage = {sizeof(gleaner_stage), judge, 0, 0};

static const gleaner_component component = {
    .size = sizeof(gleaner_component),
    .name = GLEANER_STR("probe-summary"),
    .version = GLEANER_STR("1.0.0"),
    .summary = GLEANER_STR("Repeats the title of a selected paper as its summary"),
    .functions = &stage,
    .create = create,
    .destroy = destroy,
    .kind = GLEANER_FILTER,
    .capabilities = GLEANER_AFTER_SELECT,
};

static const gleaner_stamp stamp GLEANER_IN_STAMP_SECTION = GLEANER_STAMP_INIT(0);

GLEANER_EXPORT const gleaner_plugin gleaner_plugin_v1 = {
    .size = sizeof(gleaner_plugin),
    .abi_minor = GLEANER_TARGET_MINOR,
    .stamp = &stamp,
    .name = GLEANER_STR("probe-summary"),
    .version = GLEANER_STR("1.0.0"),
    .license = GLEANER_STR("Apache-2.0"),
    .components = &component,
    .component_count = 1,
    .component_stride = sizeof(gleaner_component),
};
