/* One misbehaviour in three coats: a file that includes this defines ANIMAL and misbehave(), and is a plugin
 * with a source, a scorer and an output of that name. What they do besides is faultless. */
#include <math.h>

#include <gleaner/abi.h>

#ifndef MISBEHAVES
#define MISBEHAVES static
#endif
/* `batch` is NULL where there is none: in create, destroy, fetch and deliver. */
MISBEHAVES int32_t misbehave(const gleaner_call* call, const gleaner_batch* batch);

/* The option `where`: when it misbehaves. */
typedef struct instance {
  int32_t create, call, destroy;
} instance;

static instance kinds[] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {0, 0, 0}};

static int32_t create(const gleaner_host* host, const gleaner_call* call, const gleaner_config* config,
                      void** made) {
  const gleaner_str where = config->values[0].text;
  (void)host;
  instance* self = &kinds[3];
  for (int i = 0; i < 3; ++i)
    if (where.size > 1 && where.data[1] == "rae"[i]) self = &kinds[i]; /* create, call, destroy */
  *made = self;
  return self->create ? misbehave(call, 0) : GLEANER_OK;
}

static void destroy(void* self) {
  if (((const instance*)self)->destroy) (void)misbehave(0, 0);
}

static int32_t fetch(void* self, const gleaner_call* call, const gleaner_day* day, const gleaner_sink* sink) {
  (void)day;
  gleaner_paper paper = {.size = sizeof(gleaner_paper),
                         .id = GLEANER_STR("2611.00009"),
                         .title = GLEANER_STR("An animal's own paper"),
                         .published = GLEANER_STR("2026-11-18")};
  const int32_t status = sink->push(sink, &paper, 1, sizeof paper);
  if (status != GLEANER_OK || !((const instance*)self)->call) return status;
  return misbehave(call, 0);
}

/* One paper makes it misbehave: the second of the test's. */
static int32_t is_bait(gleaner_str id) {
  return id.size > 0 && id.data[id.size - 1] == '2';
}

static int32_t judge(void* self, const gleaner_call* call, const gleaner_batch* batch) {
  for (uint64_t i = 0; i < batch->count; ++i) {
    int32_t status = GLEANER_OK;
    batch->axes[0][i] = 5;
    if (is_bait(batch->papers[i]->id) && ((const instance*)self)->call) {
      batch->axes[0][i] = NAN; /* it has not come to that */
      status = misbehave(call, batch);
    }
    if (status != GLEANER_OK) return status;
  }
  return GLEANER_OK;
}

static int32_t deliver(void* self, const gleaner_call* call, const gleaner_digest* digest) {
  (void)digest;
  return ((const instance*)self)->call ? misbehave(call, 0) : GLEANER_OK;
}

static const gleaner_source source = {.size = sizeof(gleaner_source), .fetch = fetch};
static const gleaner_stage stage = {.size = sizeof(gleaner_stage), .judge = judge};
static const gleaner_output output = {.size = sizeof(gleaner_output), .deliver = deliver};

static const gleaner_str places[] = {GLEANER_STR("create"), GLEANER_STR("call"), GLEANER_STR("destroy"),
                                     GLEANER_STR("none")};
static const gleaner_option option = {.size = sizeof(gleaner_option),
                                      .name = GLEANER_STR("where"),
                                      .doc = GLEANER_STR("When it misbehaves"),
                                      .fallback = GLEANER_STR("call"),
                                      .choices = places,
                                      .choice_count = 4,
                                      .type = GLEANER_TYPE_ENUM};
static const gleaner_axis axis = {.size = sizeof(gleaner_axis),
                                  .name = GLEANER_STR("tameness"),
                                  .doc = GLEANER_STR("Always 5"),
                                  .lowest = 1,
                                  .highest = 10};

#define ZOO_COMPONENT(KIND, TABLE, AXES)                                                                    \
  {                                                                                                         \
    .size = sizeof(gleaner_component), .name = GLEANER_STR("zoo-" ANIMAL), .version = GLEANER_STR("1.0.0"), \
    .summary = GLEANER_STR("Misbehaves"), .options = &option, .option_count = 1,                            \
    .option_stride = sizeof(gleaner_option), .axes = &axis, .axis_count = (AXES),                           \
    .axis_stride = sizeof(gleaner_axis), .functions = &(TABLE), .create = create, .destroy = destroy,       \
    .kind = (KIND)                                                                                          \
  }

static const gleaner_component components[] = {ZOO_COMPONENT(GLEANER_SOURCE, source, 0),
                                               ZOO_COMPONENT(GLEANER_SCORER, stage, 1),
                                               ZOO_COMPONENT(GLEANER_OUTPUT, output, 0)};

static const gleaner_stamp stamp GLEANER_IN_STAMP_SECTION = GLEANER_STAMP_INIT(0);

GLEANER_EXPORT const gleaner_plugin gleaner_plugin_v1 = {.size = sizeof(gleaner_plugin),
                                                         .abi_minor = GLEANER_TARGET_MINOR,
                                                         .stamp = &stamp,
                                                         .name = GLEANER_STR("zoo-" ANIMAL),
                                                         .version = GLEANER_STR("1.0.0"),
                                                         .components = components,
                                                         .component_count = 3,
                                                         .component_stride = sizeof(gleaner_component)};
