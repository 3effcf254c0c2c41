# Adds the embedded templates to gleaner_cli.
set(templates "${CMAKE_SOURCE_DIR}/sdk/templates")
set(embedded "${CMAKE_CURRENT_BINARY_DIR}/scaffold_templates.cpp")
set(embed "${CMAKE_CURRENT_LIST_DIR}/embed.cmake")
set(rust "${CMAKE_SOURCE_DIR}/sdk/rust/gleaner.rs")
file(GLOB_RECURSE files CONFIGURE_DEPENDS "${templates}/*")
add_custom_command(OUTPUT "${embedded}" DEPENDS ${files} "${rust}" "${embed}" VERBATIM
  COMMAND "${CMAKE_COMMAND}" "-DTEMPLATES=${templates}" "-DRUST=${rust}" "-DOUT=${embedded}" -P "${embed}")
target_sources(gleaner_cli PRIVATE "${embedded}")
set_source_files_properties("${embedded}" PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
