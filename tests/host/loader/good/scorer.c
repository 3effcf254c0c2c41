/* A scorer in C11: papers with a word in their title get 10, the others 1. */
#include <stdlib.h>
#include <string.h>

#include <gleaner/abi.h>

static gleaner_str word_of(const gleaner_config* config) {
  for (uint64_t i = 0; i < config->value_count; ++i) {
    const gleaner_value* value =
        (const gleaner_value*)(const void*)((const char*)config->values + i * config->value_stride);
    if (value->name.size == 4 && memcmp(value->name.data, "word", 4) == 0) return value->text;
  }
  return (gleaner_str){NULL, 0};
}

static int32_t create(const gleaner_host* host, const gleaner_call* call, const gleaner_config* config,
                      void** instance) {
  (void)host;
  const gleaner_str word = word_of(config);
  const gleaner_str at = GLEANER_STR("/word"), empty = GLEANER_STR("must not be empty");
  if (word.size == 0) return call->fail(call, GLEANER_INVALID, at, empty);
  char* copy = malloc(word.size + 1);
  if (copy == NULL) return GLEANER_FAILED;
  memcpy(copy, word.data, word.size);
  copy[word.size] = '\0';
  *instance = copy;
  return GLEANER_OK;
}

static int has(gleaner_str text, const char* word) {
  const size_t length = strlen(word);
  for (uint64_t i = 0; i + length <= text.size; ++i)
    if (memcmp(text.data + i, word, length) == 0) return 1;
  return 0;
}

static int32_t judge(void* instance, const gleaner_call* call, const gleaner_batch* batch) {
  for (uint64_t i = 0; i < batch->count; ++i) {
    if (call->cancelled(call)) return GLEANER_CANCELLED;
    batch->axes[0][i] = has(batch->papers[i]->title, instance) ? 10 : 1;
  }
  return GLEANER_OK;
}

/* clang-format off */
static const gleaner_stage functions = {.size = sizeof functions, .judge = judge};
static const gleaner_option options[] = {
    {.size = sizeof *options, .name = GLEANER_STR("word"), .doc = GLEANER_STR("The word that counts"),
     .type = GLEANER_TYPE_STRING, .flags = GLEANER_OPTION_REQUIRED}};
static const gleaner_axis axes[] = {
    {.size = sizeof *axes, .name = GLEANER_STR("relevance"), .lowest = 1, .highest = 10}};
static const gleaner_component components[] = {
    {.size = sizeof *components, .name = GLEANER_STR("word"), .version = GLEANER_STR("1.0"),
     .summary = GLEANER_STR("Scores one word"), .options = options, .option_count = 1,
     .option_stride = sizeof *options, .axes = axes, .axis_count = 1, .axis_stride = sizeof *axes,
     .functions = &functions, .create = create, .destroy = free, .kind = GLEANER_SCORER}};
GLEANER_IN_STAMP_SECTION static const gleaner_stamp stamp = GLEANER_STAMP_INIT(0);
const gleaner_plugin gleaner_plugin_v1 = {
    .size = sizeof gleaner_plugin_v1, .abi_minor = GLEANER_TARGET_MINOR, .stamp = &stamp,
    .name = GLEANER_STR("word"), .components = components, .component_count = 1, .component_stride = sizeof *components};
