/* @NAME@: reads a list of papers from a file, one a line: its address, a blank, its title. */
#include <gleaner/abi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { longest = 4096 }; /* bytes of a line; what is longer is cut into several */

static int32_t create(const gleaner_host* host, const gleaner_call* call, const gleaner_config* config, void** instance) {
  static const gleaner_str none = {0, 0}, full = GLEANER_STR("There is not enough memory.");
  const gleaner_str file = config->values->text; /* the only option, and required: it is always there */
  char* path = *instance = calloc(file.size + 1, 1);
  (void)host;
  if (!path) return call->fail(call, GLEANER_FAILED, none, full);
  if (file.size > 0) memcpy(path, file.data, file.size);
  return GLEANER_OK;
}

/* Cuts a line in two, its address and its title; pushes nothing for a comment or an empty line. */
static int32_t push(const gleaner_sink* sink, char* line) {
  char id[longest + 4] = "url:";
  char* blank = strchr(line, ' ');
  line[strcspn(line, "\r\n")] = 0;
  if (!blank || *line == '#') return GLEANER_OK;
  *blank = 0;
  const gleaner_str title = {blank + 1, strlen(blank + 1)}, url = {line, strlen(line)}, name = {id, url.size + 4};
  const gleaner_paper paper = {.size = sizeof paper, .id = name, .title = title, .url = url};
  memcpy(id + 4, line, url.size);
  return sink->push(sink, &paper, 1, sizeof paper); /* copied */
}

static int32_t fetch(void* instance, const gleaner_call* call, const gleaner_day* day, const gleaner_sink* sink) {
  static const gleaner_str option = GLEANER_STR("/file"), why = GLEANER_STR("The list of papers cannot be read.");
  FILE* list = fopen(strcmp(instance, "-") == 0 ? "/dev/stdin" : instance, "r");
  int32_t status = GLEANER_OK;
  char line[longest];
  (void)day;
  if (!list) return call->fail(call, GLEANER_NOT_FOUND, option, why);
  while (status == GLEANER_OK && fgets(line, sizeof line, list)) status = call->cancelled(call) ? GLEANER_CANCELLED : push(sink, line);
  fclose(list);
  return status;
}

static const gleaner_source functions = {.size = sizeof(gleaner_source), .fetch = fetch};
static const gleaner_option option = {
    .size = sizeof(gleaner_option), .type = GLEANER_TYPE_PATH, .flags = GLEANER_OPTION_REQUIRED, .name = GLEANER_STR("file"),
    .doc = GLEANER_STR("The list; - is standard input"), .example = GLEANER_STR("papers.txt")};
static const gleaner_component component = {
    .size = sizeof(gleaner_component), .kind = GLEANER_SOURCE, .name = GLEANER_STR("@NAME@"), .version = GLEANER_STR("0.1.0"),
    .summary = GLEANER_STR("Papers of a list: a line each, the address and the title"), .functions = &functions, .create = create,
    .destroy = free, .options = &option, .option_count = 1, .option_stride = sizeof option};
static const gleaner_stamp stamp GLEANER_IN_STAMP_SECTION = GLEANER_STAMP_INIT(0);
const gleaner_plugin gleaner_plugin_v1 = {
    .size = sizeof(gleaner_plugin), .abi_minor = GLEANER_TARGET_MINOR, .stamp = &stamp, .name = GLEANER_STR("@NAME@"),
    .version = GLEANER_STR("0.1.0"), .components = &component, .component_count = 1, .component_stride = sizeof component};
