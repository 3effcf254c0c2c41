# What `cmake --install` puts where, beside the targets' own rules. Components:
#   program   the executable, completions, documentation
#   plugins   lib/gleaner/*.so
#   sdk chat  headers, CMake package, gleaner::chat (sdk/CMakeLists.txt)
#   units     systemd units and zsh's completion where a prefix of one's own is looked at (~/.local, /usr/local)
#   debian    the same where Debian's packages put them; only CPack asks for it
set(doc "${CMAKE_INSTALL_DATADIR}/doc/gleaner")
install(FILES README.md CHANGELOG.md DESTINATION "${doc}" COMPONENT program)
install(FILES LICENSE DESTINATION "${doc}" RENAME copyright COMPONENT program)
install(DIRECTORY docs DESTINATION "${doc}" COMPONENT program FILES_MATCHING PATTERN "*.md" PATTERN "*.png")
install(DIRECTORY examples DESTINATION "${doc}" COMPONENT program USE_SOURCE_PERMISSIONS)
install(FILES bench/README.md DESTINATION "${doc}/bench" COMPONENT program)  # the figures that the README gives
install(DIRECTORY pipelines DESTINATION "${doc}" COMPONENT program PATTERN out EXCLUDE)
install(FILES LICENSE DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/gleaner-plugins" RENAME copyright COMPONENT debian-plugins
  EXCLUDE_FROM_ALL)
install(FILES LICENSE DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/gleaner-dev" RENAME copyright COMPONENT sdk)
install(FILES sdk/ABI.md sdk/AUTHORING.md DESTINATION "${doc}/sdk" COMPONENT sdk)  # where the README looks for them

# Completions are what the executable prints; it knows them only once it is linked.
set(completions "${CMAKE_BINARY_DIR}/completions")
set(shells bash zsh fish)
set(printed "")
foreach(shell IN LISTS shells)
  add_custom_command(OUTPUT "${completions}/gleaner.${shell}" DEPENDS gleaner VERBATIM
    COMMAND "${CMAKE_COMMAND}" -E make_directory "${completions}"
    COMMAND gleaner completion ${shell} > "${completions}/gleaner.${shell}")
  list(APPEND printed "${completions}/gleaner.${shell}")
endforeach()
add_custom_target(completions ALL DEPENDS ${printed})
install(FILES "${completions}/gleaner.bash" DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions" RENAME gleaner
  COMPONENT program)
install(FILES "${completions}/gleaner.fish" DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d" RENAME gleaner.fish
  COMPONENT program)
install(FILES "${completions}/gleaner.zsh" DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/site-functions" RENAME _gleaner
  COMPONENT units)
install(FILES "${completions}/gleaner.zsh" DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions" RENAME _gleaner
  COMPONENT debian EXCLUDE_FROM_ALL)

# The service names the executable. systemd looks into share/systemd/user of ~/.local, /usr/local and /usr (systemd.unit(5));
# packages of Debian use lib/systemd/user.
set(units "${CMAKE_SOURCE_DIR}/pipelines/daily")
file(READ "${units}/gleaner@.service" service)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${units}/gleaner@.service")
string(REPLACE "%h/.local/bin/gleaner" "/usr/bin/gleaner" service "${service}")
string(REGEX REPLACE "# Copy this file[^\n]*\n" "" service "${service}")
file(WRITE "${CMAKE_BINARY_DIR}/systemd/gleaner@.service" "${service}")
install(FILES "${CMAKE_BINARY_DIR}/systemd/gleaner@.service" "${units}/gleaner@.timer" DESTINATION lib/systemd/user
  COMPONENT debian EXCLUDE_FROM_ALL)
install(FILES "${units}/gleaner@.timer" DESTINATION "${CMAKE_INSTALL_DATADIR}/systemd/user" COMPONENT units)
# The prefix is known when it is installed, not before.
install(CODE "
  file(READ \"${CMAKE_BINARY_DIR}/systemd/gleaner@.service\" service)
  string(REPLACE /usr/bin/gleaner \"\\\"\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_BINDIR}/gleaner\\\"\" service \"\${service}\")
  set(file \"\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_DATADIR}/systemd/user/gleaner@.service\")
  message(STATUS \"Installing: \$ENV{DESTDIR}\${file}\")
  file(WRITE \"\$ENV{DESTDIR}\${file}\" \"\${service}\")
  list(APPEND CMAKE_INSTALL_MANIFEST_FILES \"\${file}\")" COMPONENT units)
