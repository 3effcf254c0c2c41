/* @NAME@: drops papers by the words of their titles. */
#define _GNU_SOURCE /* memmem */
#include <gleaner/abi.h>
#include <stdlib.h>
#include <string.h>

/* One instance: whether titles with a word are dropped, and the words, each with a NUL behind it and an empty one at the end. */
typedef struct {
  int with;
  char words[];
} state;

static const gleaner_value* find(const gleaner_config* config, const char* name) {
  const char* at = (const char*)config->values;
  for (uint64_t i = 0; i < config->value_count; ++i, at += config->value_stride) { /* the host's size of a value, not ours */
    const gleaner_value* value = (const void*)at;
    if (value->name.size == strlen(name) && memcmp(value->name.data, name, strlen(name)) == 0) return value;
  }
  return NULL; /* not given, and without a default */
}

static int32_t create(const gleaner_host* host, const gleaner_call* call, const gleaner_config* config, void** instance) {
  static const gleaner_str none = {0, 0}, full = GLEANER_STR("There is not enough memory.");
  const gleaner_value *words = find(config, "words"), *drop = find(config, "drop"); /* required, has a default: never NULL */
  uint64_t room = sizeof(state) + 1;
  for (uint64_t i = 0; i < words->item_count; ++i) room += words->items[i].size + 1;
  state* self = *instance = calloc(room, 1);
  (void)host;
  if (!self) return call->fail(call, GLEANER_FAILED, none, full);
  self->with = drop->text.size == strlen("with");
  char* to = self->words;
  for (uint64_t i = 0; i < words->item_count; ++i)
    if (words->items[i].size > 0) to = (char*)memcpy(to, words->items[i].data, words->items[i].size) + words->items[i].size + 1;
  return GLEANER_OK;
}

static int32_t judge(void* instance, const gleaner_call* call, const gleaner_batch* batch) {
  static const gleaner_str why[] = {GLEANER_STR("no word wanted"), GLEANER_STR("a word not wanted")};
  const state* self = instance;
  for (uint64_t i = 0; i < batch->count; ++i) {
    const gleaner_str title = batch->papers[i]->title;
    int found = 0;
    if (call->cancelled(call)) return GLEANER_CANCELLED;
    for (const char* word = self->words; *word && !found; word += strlen(word) + 1)
      found = memmem(title.data, title.size, word, strlen(word)) != NULL;
    if (found != self->with) continue;
    batch->verdicts[i] = GLEANER_DROP;
    batch->reason(batch, i, why[found]);
  }
  return GLEANER_OK;
}

static const gleaner_stage functions = {.size = sizeof(gleaner_stage), .judge = judge};
static const gleaner_str choices[] = {GLEANER_STR("with"), GLEANER_STR("without")};
static const gleaner_option options[] = {
    {.size = sizeof(gleaner_option), .type = GLEANER_TYPE_LIST, .flags = GLEANER_OPTION_REQUIRED, .name = GLEANER_STR("words"),
     .doc = GLEANER_STR("Words, as titles spell them"), .example = GLEANER_STR("[\"survey\"]")},
    {.size = sizeof(gleaner_option), .type = GLEANER_TYPE_ENUM, .name = GLEANER_STR("drop"), .choices = choices, .choice_count = 2,
     .doc = GLEANER_STR("Whether titles that have one of them are dropped, or those without"), .fallback = GLEANER_STR("with")}};
static const gleaner_component component = {
    .size = sizeof(gleaner_component), .kind = GLEANER_FILTER, .name = GLEANER_STR("@NAME@"), .version = GLEANER_STR("0.1.0"),
    .summary = GLEANER_STR("Drops papers by the words of their titles"), .functions = &functions, .create = create, .destroy = free,
    .options = options, .option_count = 2, .option_stride = sizeof options[0]};
static const gleaner_stamp stamp GLEANER_IN_STAMP_SECTION = GLEANER_STAMP_INIT(0);
const gleaner_plugin gleaner_plugin_v1 = {
    .size = sizeof(gleaner_plugin), .abi_minor = GLEANER_TARGET_MINOR, .stamp = &stamp, .name = GLEANER_STR("@NAME@"),
    .version = GLEANER_STR("0.1.0"), .components = &component, .component_count = 1, .component_stride = sizeof component};
