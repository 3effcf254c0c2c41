# `cpack -G DEB` in a build folder: gleaner, gleaner-plugins and gleaner-dev, installed to /usr.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_VENDOR Gleaner)
set(GLEANER_MAINTAINER "The Gleaner developers <gleaner@example.org>" CACHE STRING "Whom the packages name as their maintainer")
set(GLEANER_HOMEPAGE "https://example.org/gleaner" CACHE STRING "Where the packages send people")
set(CPACK_PACKAGE_CONTACT "${GLEANER_MAINTAINER}")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")  # each package has its own, the first line of its description
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_COMPONENTS_ALL program debian plugins debian-plugins sdk chat)
set(CPACK_COMPONENTS_GROUPING ONE_PER_GROUP)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)  # what the files are linked with; needs dpkg-dev
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_HOMEPAGE "${GLEANER_HOMEPAGE}")

set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME gleaner)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION science)
# Opened when the first request is made, so that no shlibdeps sees it: host/services/http/curl_api.cpp. Certificates and
# time zones are files of other packages.
set(CPACK_DEBIAN_PROGRAM_PACKAGE_DEPENDS "libcurl4 | libcurl4t64 | libcurl3-gnutls, ca-certificates, tzdata")
set(CPACK_DEBIAN_PROGRAM_PACKAGE_RECOMMENDS "gleaner-plugins (= ${PROJECT_VERSION})")
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SUGGESTS gleaner-dev)
# What a plugin's own package can depend on: the contract, not the program's version.
set(CPACK_DEBIAN_PROGRAM_PACKAGE_PROVIDES "gleaner-abi-${GLEANER_ABI_MAJOR} (= ${GLEANER_ABI_VERSION})")

set(CPACK_DEBIAN_PLUGINS_PACKAGE_NAME gleaner-plugins)
set(CPACK_DEBIAN_PLUGINS_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PLUGINS_PACKAGE_DEPENDS "gleaner (= ${PROJECT_VERSION})")

set(CPACK_DEBIAN_DEV_PACKAGE_NAME gleaner-dev)
set(CPACK_DEBIAN_DEV_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_DEV_PACKAGE_SHLIBDEPS OFF)  # headers and a static library
set(CPACK_DEBIAN_DEV_PACKAGE_RECOMMENDS "gleaner (= ${PROJECT_VERSION}), cmake (>= 3.25), g++ | c++-compiler")

set(CPACK_DEBIAN_PROGRAM_DESCRIPTION
"reads the day's papers and keeps the few that matter to you
Gleaner reads what arXiv and other sources announce, keeps the few papers that
matter to one reader, and writes a digest in which every announced paper is
accounted for. This is the program; the sources it reads, the filters and
scorers it uses and the outputs it writes are plugins.")
set(CPACK_DEBIAN_PLUGINS_DESCRIPTION
"sources, filters, scorers and outputs for Gleaner
The components that come with Gleaner: sources such as arXiv, bioRxiv, PubMed
and any feed, filters, scorers by keyword and by language model, outputs.")
set(CPACK_DEBIAN_DEV_DESCRIPTION
"headers and CMake package to write plugins for Gleaner
What a plugin's repository needs to be built: the frozen C contract, its C++
layer, a fake host for unit tests, and gleaner::chat, the static library that
providers of language models share.")

include(CPack)
foreach(group IN ITEMS program plugins dev)
  cpack_add_component_group(${group})
endforeach()
foreach(pair IN ITEMS program:program debian:program plugins:plugins debian-plugins:plugins sdk:dev chat:dev)
  string(REPLACE ":" ";" pair "${pair}")
  list(POP_FRONT pair component group)
  cpack_add_component(${component} GROUP ${group})
endforeach()
