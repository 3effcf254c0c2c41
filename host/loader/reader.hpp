// Checked reading of a plugin's static data. The plugin is trusted to point at memory of its own; all else is
// checked.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gleaner/abi.h>

#include "host/loader/checked.hpp"
#include "host/loader/sized.hpp"
#include "host/loader/stamp.hpp"

namespace gleaner::host {

/// A fault in a descriptor; thrown inside the loader only, caught by describe().
struct DescriptorFault {
  std::string text;
};

/// Texts that must be one line (names, versions, summaries), or may be many (documentation).
enum class Lines { one, many };

/// True for a text that is UTF-8 throughout (RFC 3629: no surrogates, no overlong forms, nothing above
/// U+10FFFF).
[[nodiscard]] bool is_utf8(std::string_view text);

class Reader {
 public:
  Reader(HostAbi host, std::uint32_t min_host_minor) : host_(host), min_host_minor_(min_host_minor) {}

  /// Throws: what is wrong, and where ("component "x", option "y"").
  [[noreturn]] void wrong(std::string_view where, std::string_view what) const;

  /// For what this host does not know (a longer struct, a new flag, a reserved field in use): accepted when
  /// the plugin says that it works without, else thrown as "needs a newer gleaner".
  void unknown(std::string_view where, std::string_view what) const;
  void reserved(std::uint32_t value, std::string_view where) const {
    if (value != 0) unknown(where, "a reserved field");
  }

  /// A copy of a struct, sizes checked.
  template <class T>
  [[nodiscard]] T structure(const T* from, std::string_view where) const {
    check_struct(from, alignof(T), smallest_size<T>, sizeof(T), where);
    return sized_copy(from);
  }

  /// Pointers to the elements of an array with a stride; `things` is the plural word for them.
  template <class T>
  [[nodiscard]] std::vector<const T*> array(const T* first, std::uint64_t count, std::uint64_t stride,
                                            std::uint64_t most, std::string_view where,
                                            std::string_view things) const {
    check_count(first, alignof(T), count, most, where, things);
    if (count > 0) check_stride(stride, smallest_size<T>, alignof(T), where, things);
    std::vector<const T*> elements;
    for (std::uint64_t i = 0; i < count; ++i) {
      const T* one = element(first, i, stride);
      if (one->size > stride)
        wrong(where, say("the ", things, " are larger than the step between them (", stride, " bytes)"));
      elements.push_back(one);
    }
    return elements;
  }

  [[nodiscard]] std::string text(gleaner_str from, std::string_view where, std::string_view field,
                                 Lines lines) const;
  [[nodiscard]] std::vector<std::string> texts(const gleaner_str* first, std::uint64_t count,
                                               std::uint64_t most, std::string_view where,
                                               std::string_view things) const;
  void check_count(const void* first, std::size_t alignment, std::uint64_t count, std::uint64_t most,
                   std::string_view where, std::string_view things) const;

 private:
  void check_struct(const void* from, std::size_t alignment, std::uint64_t smallest, std::uint64_t known,
                    std::string_view where) const;
  void check_stride(std::uint64_t stride, std::uint64_t smallest, std::size_t alignment,
                    std::string_view where, std::string_view things) const;

  HostAbi host_;
  std::uint32_t min_host_minor_;
};

}  // namespace gleaner::host
