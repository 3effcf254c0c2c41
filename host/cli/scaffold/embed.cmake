# cmake -DTEMPLATES=… -DRUST=… -DOUT=… -P embed.cmake: the files of sdk/templates as one C++ source, so that the executable
# alone can write them. A template is found by its path below sdk/templates; gleaner.rs as rust/gleaner.rs.
file(GLOB_RECURSE files RELATIVE "${TEMPLATES}" "${TEMPLATES}/*")
list(FILTER files EXCLUDE REGEX "^(README\\.md|\\.clang-format)$")
list(SORT files)
set(rows "")
foreach(file IN LISTS files ITEMS rust/gleaner.rs)
  set(place "${TEMPLATES}/${file}")
  if(file STREQUAL "rust/gleaner.rs")
    set(place "${RUST}")
  endif()
  file(READ "${place}" text)
  string(APPEND rows "    {\"${file}\", R\"template(${text})template\"},\n")
endforeach()
file(WRITE "${OUT}" "// Made from sdk/templates by host/cli/scaffold/embed.cmake.
#include \"host/cli/scaffold/templates.hpp\"

namespace gleaner::host::cli::scaffold {

std::span<const Template> all_templates() {
  static constexpr Template all[] = {
${rows}  };
  return all;
}

}  // namespace gleaner::host::cli::scaffold
")
