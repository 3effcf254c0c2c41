/* @NAME@: raises papers whose title has a word. */
#define _GNU_SOURCE /* memmem */
#include <gleaner/abi.h>
#include <stdlib.h>
#include <string.h>

/* What one instance keeps: the option `words`, as texts one after the other, each with a NUL behind it and an empty one at the end. */
static int32_t create(const gleaner_host* host, const gleaner_call* call, const gleaner_config* config, void** instance) {
  static const gleaner_str none = {0, 0}, full = GLEANER_STR("There is not enough memory.");
  const gleaner_value* words = config->values; /* the only option, and required: it is always there */
  uint64_t room = 1;
  for (uint64_t i = 0; i < words->item_count; ++i) room += words->items[i].size + 1;
  char* to = *instance = calloc(room, 1);
  (void)host;
  if (!to) return call->fail(call, GLEANER_FAILED, none, full);
  for (uint64_t i = 0; i < words->item_count; ++i)
    if (words->items[i].size > 0) to = (char*)memcpy(to, words->items[i].data, words->items[i].size) + words->items[i].size + 1;
  return GLEANER_OK;
}

static int32_t judge(void* instance, const gleaner_call* call, const gleaner_batch* batch) {
  for (uint64_t i = 0; i < batch->count; ++i) {
    double relevance = 1;
    const gleaner_str title = batch->papers[i]->title;
    if (call->cancelled(call)) return GLEANER_CANCELLED;
    for (const char* word = instance; *word; word += strlen(word) + 1)
      if (memmem(title.data, title.size, word, strlen(word))) relevance += 3;
    batch->axes[0][i] = relevance < 10 ? relevance : 10;
  }
  return GLEANER_OK;
}

static const gleaner_stage functions = {.size = sizeof(gleaner_stage), .judge = judge};
static const gleaner_option option = {
    .size = sizeof(gleaner_option), .type = GLEANER_TYPE_LIST, .flags = GLEANER_OPTION_REQUIRED, .name = GLEANER_STR("words"),
    .doc = GLEANER_STR("Words, as titles spell them"), .example = GLEANER_STR("[\"pruning\"]")};
static const gleaner_axis axis = {
    .size = sizeof(gleaner_axis), .name = GLEANER_STR("relevance"), .lowest = 1, .highest = 10,
    .doc = GLEANER_STR("1, and 3 more for each of your words in the title, up to 10")};
static const gleaner_component component = {
    .size = sizeof(gleaner_component), .kind = GLEANER_SCORER, .name = GLEANER_STR("@NAME@"), .version = GLEANER_STR("0.1.0"),
    .summary = GLEANER_STR("Raises papers whose title has your words"), .functions = &functions, .create = create, .destroy = free,
    .options = &option, .option_count = 1, .option_stride = sizeof option, .axes = &axis, .axis_count = 1, .axis_stride = sizeof axis};
static const gleaner_stamp stamp GLEANER_IN_STAMP_SECTION = GLEANER_STAMP_INIT(0);
const gleaner_plugin gleaner_plugin_v1 = {
    .size = sizeof(gleaner_plugin), .abi_minor = GLEANER_TARGET_MINOR, .stamp = &stamp, .name = GLEANER_STR("@NAME@"),
    .version = GLEANER_STR("0.1.0"), .components = &component, .component_count = 1, .component_stride = sizeof component};
