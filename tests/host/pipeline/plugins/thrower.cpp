// A stage that breaks the first rule: it throws across the line, on one of its papers. It has no trampoline,
// unlike plugin.hpp.
#include <new>
#include <string_view>

#include <gleaner/abi.h>

namespace {

int nothing;

std::int32_t create(const gleaner_host*, const gleaner_call*, const gleaner_config*, void** instance) {
  *instance = &nothing;
  return GLEANER_OK;
}

void destroy(void*) {}

std::int32_t judge(void*, const gleaner_call*, const gleaner_batch* batch) {
  for (std::uint64_t i = 0; i < batch->count; ++i) {
    const auto id = batch->papers[i]->id;
    if (std::string_view(id.data, id.size) == "p000300") throw std::bad_alloc();
  }
  return GLEANER_OK;
}

constexpr gleaner_stage stage = {sizeof(gleaner_stage), &judge, nullptr, nullptr};

constexpr gleaner_component component = [] {
  gleaner_component out{};
  out.size = sizeof out;
  out.name = GLEANER_STR("thrower");
  out.version = GLEANER_STR("1.0.0");
  out.summary = GLEANER_STR("Throws std::bad_alloc on paper p000300");
  out.functions = &stage;
  out.create = &create;
  out.destroy = &destroy;
  out.kind = GLEANER_FILTER;
  return out;
}();

}  // namespace

extern "C" {
GLEANER_IN_STAMP_SECTION static constexpr gleaner_stamp thrower_stamp = GLEANER_STAMP_INIT(0);
GLEANER_EXPORT extern constexpr gleaner_plugin gleaner_plugin_v1 = {sizeof(gleaner_plugin),
                                                                    GLEANER_TARGET_MINOR,
                                                                    0,
                                                                    &thrower_stamp,
                                                                    GLEANER_STR("thrower"),
                                                                    GLEANER_STR("1.0.0"),
                                                                    {nullptr, 0},
                                                                    {nullptr, 0},
                                                                    &component,
                                                                    1,
                                                                    sizeof(gleaner_component)};
}
