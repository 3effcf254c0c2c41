// Everything that can be thrown, from create or from judge.
#include <new>
#include <stdexcept>
#include <string>

#include <gleaner/plugin.hpp>

namespace {

struct Options {
  std::string what, where;
};

struct Throw : gleaner::Scorer<Options> {
  static constexpr auto about =
      gleaner::about("probe-throw", "Throws what you ask for",
                     gleaner::field("what", &Options::what, "What is thrown")
                         .choices("nothing", "int", "exception", "error", "bad_alloc")
                         .fallback("error"),
                     gleaner::field("where", &Options::where, "When it is thrown")
                         .choices("create", "judge")
                         .fallback("judge"))
          .axis("relevance", "Always 5");

  void start() const {
    if (options.where == "create") raise();
  }
  gleaner::Score score(const gleaner::Paper&) const {
    raise();
    return 5.0;
  }

 private:
  void raise() const {
    if (options.what == "int") throw 42;
    if (options.what == "exception") throw std::runtime_error("The probe threw a std::exception.");
    if (options.what == "error") throw gleaner::invalid_option("what", "The probe was told to fail.");
    if (options.what == "bad_alloc") throw std::bad_alloc();
  }
};

}  // namespace

GLEANER_PLUGIN("probe-throw", "1.0.0", Throw)
