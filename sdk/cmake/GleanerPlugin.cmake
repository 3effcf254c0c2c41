# gleaner_add_plugin(NAME SOURCES file... [LIBRARIES target...] [OUTPUT_DIRECTORY dir] [NO_CHECK])
#
# Builds one Gleaner plugin, the shared library NAME.so: hidden visibility, only the descriptor symbol exported, no
# unresolved symbol left for load time, installed to lib/gleaner (component `plugins`). Where tests are on and the
# `gleaner` executable is known (the target of this build, or the one found by find_program), a test
# `conformance.NAME` runs `gleaner plugin check` on the library.
set(GLEANER_PLUGIN_EXPORTS "${CMAKE_CURRENT_LIST_DIR}/plugin.map")

function(gleaner_add_plugin NAME)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "NO_CHECK" "OUTPUT_DIRECTORY" "SOURCES;LIBRARIES")
  if(ARG_UNPARSED_ARGUMENTS OR NOT ARG_SOURCES)
    message(FATAL_ERROR "gleaner_add_plugin(${NAME}): wants SOURCES file... and knows LIBRARIES, OUTPUT_DIRECTORY, NO_CHECK")
  endif()
  add_library(${NAME} MODULE ${ARG_SOURCES})
  target_link_libraries(${NAME} PRIVATE gleaner::sdk ${ARG_LIBRARIES})
  set_target_properties(${NAME} PROPERTIES
    PREFIX "" SUFFIX ".so" C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
    LINK_DEPENDS "${GLEANER_PLUGIN_EXPORTS}")
  target_link_options(${NAME} PRIVATE "LINKER:--version-script=${GLEANER_PLUGIN_EXPORTS}" "LINKER:-z,now")
  if(NOT GLEANER_SANITIZE)  # a sanitizer's runtime is in the executable
    target_link_options(${NAME} PRIVATE "LINKER:-z,defs")
  endif()
  if(ARG_OUTPUT_DIRECTORY)
    set_target_properties(${NAME} PROPERTIES LIBRARY_OUTPUT_DIRECTORY "${ARG_OUTPUT_DIRECTORY}")
  elseif(GLEANER_PLUGIN_OUTPUT_DIRECTORY)
    set_target_properties(${NAME} PROPERTIES LIBRARY_OUTPUT_DIRECTORY "${GLEANER_PLUGIN_OUTPUT_DIRECTORY}")
  endif()
  include(GNUInstallDirs)
  if(NOT ARG_OUTPUT_DIRECTORY)
    install(TARGETS ${NAME} LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}/gleaner" COMPONENT plugins)
  endif()
  # Not under ThreadSanitizer, which does not follow a fork of a process with threads.
  if(NOT ARG_NO_CHECK AND (GLEANER_TESTS OR BUILD_TESTING) AND NOT GLEANER_SANITIZE MATCHES "thread")
    if(TARGET gleaner)
      # One seed for all: a test that fails fails again. By hand, without --reproduce, every check draws another.
      add_test(NAME conformance.${NAME} COMMAND gleaner plugin check $<TARGET_FILE:${NAME}> --reproduce 1)
    else()
      find_program(GLEANER_EXECUTABLE gleaner HINTS "${GLEANER_PACKAGE_BINDIR}")
      if(GLEANER_EXECUTABLE)
        add_test(NAME conformance.${NAME} COMMAND ${GLEANER_EXECUTABLE} plugin check $<TARGET_FILE:${NAME}> --reproduce 1)
      endif()
    endif()
  endif()
endfunction()
