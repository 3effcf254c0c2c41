# Flags and places every target of this build shares.
include(GNUInstallDirs)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)

# build/PRESET/bin/gleaner finds its plugins in build/PRESET/lib/gleaner, as an installed one does in PREFIX/lib/gleaner.
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
set(GLEANER_PLUGIN_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/lib/gleaner")

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER "${CCACHE}")
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE}")
endif()

add_library(gleaner_flags INTERFACE)
target_compile_options(gleaner_flags INTERFACE -Wall -Wextra -Wpedantic -Wconversion)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # False alarms of g++ 12 when it optimises: "x" + std::string (gcc bug 105651), vectors in aggregates.
  target_compile_options(gleaner_flags INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Wno-restrict>
    $<$<AND:$<COMPILE_LANGUAGE:CXX>,$<CONFIG:Release>>:-Wno-maybe-uninitialized>)
endif()
if(GLEANER_WERROR)
  target_compile_options(gleaner_flags INTERFACE -Werror)
endif()
target_compile_definitions(gleaner_flags INTERFACE BOOST_DLL_USE_STD_FS GLEANER_VERSION="${PROJECT_VERSION}")
if(CMAKE_BUILD_TYPE STREQUAL "Debug")
  # Line numbers in backtraces without the weight of full debug information.
  string(REPLACE "-g" "-g1" CMAKE_CXX_FLAGS_DEBUG "${CMAKE_CXX_FLAGS_DEBUG}")
endif()

if(GLEANER_SANITIZE)
  add_compile_options(-fsanitize=${GLEANER_SANITIZE} -fno-omit-frame-pointer -O1)
  add_link_options(-fsanitize=${GLEANER_SANITIZE})
  if(GLEANER_SANITIZE MATCHES "undefined")
    add_compile_options(-fno-sanitize-recover=undefined)
  endif()
endif()

find_package(Threads REQUIRED)
find_package(Boost 1.81 EXACT REQUIRED COMPONENTS json program_options)
find_package(CURL REQUIRED)
find_package(ZLIB REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(pugixml REQUIRED)
find_package(date REQUIRED)
find_package(tomlplusplus REQUIRED)
