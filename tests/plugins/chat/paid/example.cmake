# cmake -DBUILD=… -DEXAMPLE=… -DWORK=… -DGENERATOR=… -DCXX=… -P example.cmake
# Installs the SDK and gleaner::chat to a new prefix and builds the example provider as a reader would, from a copy that
# knows nothing but that prefix.
function(must)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE said ERROR_VARIABLE said)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${ARGN}\n${said}")
  endif()
endfunction()

file(REMOVE_RECURSE "${WORK}")
foreach(component sdk chat)
  must(${CMAKE_COMMAND} --install "${BUILD}" --component ${component} --prefix "${WORK}/prefix")
endforeach()
file(COPY "${EXAMPLE}/" DESTINATION "${WORK}/source")
must(${CMAKE_COMMAND} -S "${WORK}/source" -B "${WORK}/build" -G "${GENERATOR}" "-DCMAKE_PREFIX_PATH=${WORK}/prefix"
     -DCMAKE_CXX_COMPILER=${CXX} "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Werror")
must(${CMAKE_COMMAND} --build "${WORK}/build")

# One symbol leaves it, Boost's not among them, and it needs no library that a machine with Gleaner lacks.
execute_process(COMMAND nm -D --defined-only "${WORK}/build/cohere.so" OUTPUT_VARIABLE symbols RESULT_VARIABLE status)
if(NOT status EQUAL 0 OR NOT symbols MATCHES "^[0-9a-f]+ [A-Z] gleaner_plugin_v1\n$")
  message(FATAL_ERROR "cohere.so exports\n${symbols}")
endif()
execute_process(COMMAND objdump -p "${WORK}/build/cohere.so" OUTPUT_VARIABLE needs RESULT_VARIABLE status)
if(status EQUAL 0 AND needs MATCHES "NEEDED +libboost")
  message(FATAL_ERROR "cohere.so needs Boost's libraries\n${needs}")
endif()
