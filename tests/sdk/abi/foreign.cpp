// A scorer of another toolchain: built by clang++ against libc++ as C++20. It throws and catches its own
// exceptions, keeps a container between calls, and lets nothing of this cross the contract's line.
#include <exception>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <gleaner/abi.h>

#ifndef _LIBCPP_VERSION
#error "this plugin is the proof that another standard library works: compile it with -stdlib=libc++"
#endif

namespace {

struct TooShort : std::runtime_error {
  explicit TooShort(std::size_t length)
      : std::runtime_error("only " + std::to_string(length) + " characters"), length(length) {}
  std::size_t length;
};

struct Scorer {
  std::map<std::string, std::vector<double>> seen;
  virtual ~Scorer() = default;
  virtual double score(std::string_view title) const {
    if (title.size() < 10) throw TooShort(title.size());
    return 10;
  }
};

std::int32_t create(const gleaner_host*, const gleaner_call*, const gleaner_config*, void** instance) {
  *instance = std::make_unique<Scorer>().release();
  return GLEANER_OK;
}

void destroy(void* instance) {
  delete static_cast<Scorer*>(instance);
}

void judge_one(Scorer& scorer, const gleaner_batch& batch, std::uint64_t i) {
  const gleaner_str title = batch.papers[i]->title;
  try {
    batch.axes[0][i] = scorer.score({title.data, title.size});
  } catch (const std::runtime_error& error) {
    const auto* small = dynamic_cast<const TooShort*>(&error);
    const std::string_view text = error.what();
    // From inside a handler: what the host throws and catches meanwhile must not disturb this exception.
    batch.reason(&batch, i, {text.data(), text.size()});
    batch.verdicts[i] = small != nullptr && error.what() == text ? GLEANER_DROP : GLEANER_PASS;
  }
  scorer.seen[std::string(title.data, title.size)].push_back(batch.axes[0][i]);
}

std::int32_t judge(void* instance, const gleaner_call* call, const gleaner_batch* batch) {
  try {
    for (std::uint64_t i = 0; i < batch->count; ++i)
      judge_one(*static_cast<Scorer*>(instance), *batch, i);
    throw std::logic_error("judged " + std::to_string(static_cast<Scorer*>(instance)->seen.size()));
  } catch (const std::exception& error) {
    const std::string_view text = error.what();
    return call->fail(call, GLEANER_FAILED, {}, {text.data(), text.size()});
  }
}

constexpr gleaner_stage functions{
    .size = sizeof functions, .judge = judge, .health = nullptr, .estimate = nullptr};
constexpr gleaner_axis axes[]{{sizeof(gleaner_axis), GLEANER_STR("relevance"), {}, 1, 10}};

constexpr gleaner_component component() {
  gleaner_component one{};
  one.size = sizeof one;
  one.name = GLEANER_STR("foreign");
  one.axes = axes;
  one.axis_count = 1;
  one.axis_stride = sizeof *axes;
  one.functions = &functions;
  one.create = create;
  one.destroy = destroy;
  one.kind = GLEANER_SCORER;
  return one;
}
constexpr gleaner_component components[]{component()};

GLEANER_IN_STAMP_SECTION constexpr gleaner_stamp stamp = GLEANER_STAMP_INIT(0);

}  // namespace

constexpr gleaner_plugin gleaner_plugin_v1{sizeof(gleaner_plugin),
                                           GLEANER_TARGET_MINOR,
                                           0,
                                           &stamp,
                                           GLEANER_STR("foreign"),
                                           GLEANER_STR("1.0"),
                                           {},
                                           {},
                                           components,
                                           1,
                                           sizeof *components};
