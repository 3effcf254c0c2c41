/* @NAME@: writes a plain list of the selected papers. */
#include <gleaner/abi.h>
#include <gleaner/ext/file.h>
#include <stdlib.h>
#include <string.h>

/* One instance: the host, whose files are written with, and the option `path` with a NUL behind it. */
typedef struct {
  const gleaner_host* host;
  char path[];
} state;

static int32_t create(const gleaner_host* host, const gleaner_call* call, const gleaner_config* config, void** instance) {
  static const gleaner_str none = {0, 0}, full = GLEANER_STR("There is not enough memory.");
  const gleaner_str path = config->values->text; /* the only option, and required: it is always there */
  state* self = *instance = calloc(sizeof *self + path.size + 1, 1);
  if (!self) return call->fail(call, GLEANER_FAILED, none, full);
  self->host = host;
  if (path.size > 0) memcpy(self->path, path.data, path.size);
  return GLEANER_OK;
}

static gleaner_str text(const char* words) { return (gleaner_str){words, strlen(words)}; }

static int32_t deliver(void* instance, const gleaner_call* call, const gleaner_digest* digest) {
  const state* self = instance;
  const gleaner_file* files = self->host->service(self->host, text(GLEANER_FILE));
  uint64_t file = 0;
  if (call->dry_run) return GLEANER_OK; /* nothing may be written */
  if (!files) return call->fail(call, GLEANER_UNSUPPORTED, text(""), text("This host has no files."));
  int32_t status = files->open(self->host, call, text(self->path), &file);
  if (status != GLEANER_OK) return status; /* the service has said why */
  const gleaner_str head[] = {digest->title, text(", "), digest->date, text("\n")};
  for (int i = 0; i < 4 && status == GLEANER_OK; ++i) status = files->write(self->host, call, file, head[i]);
  for (uint64_t p = 0; p < digest->paper_count; ++p) {
    const gleaner_paper* paper = digest->papers[p]->paper;
    const gleaner_str line[] = {text("- "), paper->title, text("\n  "), paper->url, text("\n")};
    for (int i = 0; i < 5 && status == GLEANER_OK; ++i) status = files->write(self->host, call, file, line[i]);
  }
  if (status == GLEANER_OK) return files->commit(self->host, call, file);
  files->abandon(self->host, file);
  return status;
}

static const gleaner_output functions = {.size = sizeof(gleaner_output), .deliver = deliver};
static const gleaner_option option = {
    .size = sizeof(gleaner_option), .type = GLEANER_TYPE_PATH, .flags = GLEANER_OPTION_REQUIRED, .name = GLEANER_STR("path"),
    .doc = GLEANER_STR("Where to; - is standard output"), .example = GLEANER_STR("out/{date}.txt")};
static const gleaner_component component = {
    .size = sizeof(gleaner_component), .kind = GLEANER_OUTPUT, .name = GLEANER_STR("@NAME@"), .version = GLEANER_STR("0.1.0"),
    .summary = GLEANER_STR("A plain list of the selected papers"), .functions = &functions, .create = create, .destroy = free,
    .options = &option, .option_count = 1, .option_stride = sizeof option};
static const gleaner_stamp stamp GLEANER_IN_STAMP_SECTION = GLEANER_STAMP_INIT(0);
const gleaner_plugin gleaner_plugin_v1 = {
    .size = sizeof(gleaner_plugin), .abi_minor = GLEANER_TARGET_MINOR, .stamp = &stamp, .name = GLEANER_STR("@NAME@"),
    .version = GLEANER_STR("0.1.0"), .components = &component, .component_count = 1, .component_stride = sizeof component};
