# daybook_library(NAME SRCS … DEPS …)   one target a module: daybook_NAME, alias daybook::NAME; its
#                             precompiled header is that of DAYBOOK_LAYER, which each top folder sets
# daybook_program(NAME SRCS … DEPS …)   one program
# daybook_test(NAME LABEL unit SRCS … DEPS …)   one test program, its cases registered one by one
# daybook_fuzz_target(NAME SRCS … MUTATOR … DEPS …)   see tests/fuzz/README.md

add_library(daybook_options INTERFACE)
target_compile_options(daybook_options INTERFACE
  -pthread
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wsuggest-override -Wconversion
  # Every gRPC service hides the overloads of the base class that serve the other APIs.
  -Wno-overloaded-virtual)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 sees copies in std::string's operator+ and assign that overlap or leave their bounds
  # where none do (GCC bugs 105651 and 105329), and the inside of an engaged std::optional as
  # uninitialised (GCC bug 80635). The address sanitizer of the preset clang looks at both.
  target_compile_options(daybook_options INTERFACE
    -Wno-restrict -Wno-array-bounds -Wno-stringop-overflow -Wno-maybe-uninitialized)
endif()
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  # The annotations of absl::Mutex, which g++ does not read.
  target_compile_options(daybook_options INTERFACE -Wthread-safety -Werror=thread-safety)
endif()
target_include_directories(daybook_options INTERFACE ${PROJECT_SOURCE_DIR})

if(DAYBOOK_SANITIZE)
  add_compile_options(-fsanitize=${DAYBOOK_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${DAYBOOK_SANITIZE})
endif()
if(DAYBOOK_FUZZ)
  # Undefined behaviour ends the run like any other crash, so that its input is kept.
  add_compile_options(-fno-sanitize-recover=undefined)
endif()

if(DAYBOOK_SANITIZE MATCHES "thread")
  # Debian's libabsl is not instrumented; see the file.
  add_library(daybook_tsan_mutex OBJECT ${PROJECT_SOURCE_DIR}/tests/support/tsan_absl_mutex.cc)
  target_link_libraries(daybook_tsan_mutex PRIVATE absl::synchronization)
endif()

function(daybook_library name)
  cmake_parse_arguments(ARG "" "" "SRCS;DEPS" ${ARGN})
  add_library(daybook_${name} STATIC ${ARG_SRCS})
  add_library(daybook::${name} ALIAS daybook_${name})
  target_include_directories(daybook_${name} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(daybook_${name} PUBLIC ${ARG_DEPS} PRIVATE $<BUILD_INTERFACE:daybook_options>)
  daybook_layer_of(layer "${ARG_DEPS}")
  daybook_use_precompiled_header(daybook_${name} ${layer})
endfunction()

function(daybook_program name)
  cmake_parse_arguments(ARG "" "" "SRCS;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SRCS})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} daybook_options)
  daybook_use_precompiled_header(${name} services)
endfunction()

# The layer of a library's precompiled header: of its folder, and that of the services for what
# links gRPC.
function(daybook_layer_of result deps)
  set(layer ${DAYBOOK_LAYER})
  if("daybook::grpc" IN_LIST deps OR "daybook::runtime" IN_LIST deps)
    set(layer services)
  endif()
  set(${result} ${layer} PARENT_SCOPE)
endfunction()

# Compiling the tests costs more than running them. g++ takes a third less time for -O1 than for -O2,
# clang with sanitizers a third of the time for -O0 without the coverage that only fuzz programs read.
function(daybook_test_options target)
  if(DAYBOOK_SANITIZE MATCHES "fuzzer-no-link")
    target_compile_options(${target} PRIVATE -O0 -fno-sanitize=fuzzer-no-link)
  else()
    target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)
  endif()
endfunction()

function(daybook_test name)
  cmake_parse_arguments(ARG "" "LABEL;TIMEOUT" "SRCS;DEPS" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  add_executable(${name} ${ARG_SRCS})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} daybook_options GTest::gmock GTest::gtest_main)
  daybook_use_precompiled_header(${name} tests)
  daybook_test_options(${name})
  set(environment)
  if(TARGET daybook_tsan_mutex)
    target_link_libraries(${name} PRIVATE daybook_tsan_mutex)
    set(environment ENVIRONMENT
      "TSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/support/tsan.supp")
  endif()
  if(DAYBOOK_SANITIZE MATCHES "thread" AND NOT name IN_LIST DAYBOOK_TSAN_TESTS)
    set_target_properties(${name} PROPERTIES EXCLUDE_FROM_ALL ON)
    return()
  endif()
  include(GoogleTest)
  # What takes long begins first, or one processor waits for it at the end.
  set(cost 0)
  if(NOT ARG_LABEL MATCHES "^(unit|contract)$")
    set(cost 10)
  endif()
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60
    PROPERTIES LABELS ${ARG_LABEL} TIMEOUT ${ARG_TIMEOUT} COST ${cost} ${environment})
endfunction()

# SRCS define RunOne and Seeds (tests/fuzz/target.h). Every build gets fuzz_NAME_replay and a test
# that runs it over the seeds and tests/fuzz/regressions/NAME; the preset `clang` gets the libFuzzer
# program fuzz_NAME beside it, with MUTATOR linked in.
function(daybook_fuzz_target name)
  if(DAYBOOK_SANITIZE MATCHES "thread")
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "SRCS;MUTATOR;DEPS" ${ARGN})
  add_library(fuzz_${name}_sources OBJECT ${ARG_SRCS})
  set(programs fuzz_${name}_replay)
  add_executable(fuzz_${name}_replay $<TARGET_OBJECTS:fuzz_${name}_sources> replay_main.cc)
  if(DAYBOOK_FUZZ)
    add_executable(fuzz_${name}
      $<TARGET_OBJECTS:fuzz_${name}_sources> ${ARG_MUTATOR} libfuzzer_main.cc)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    list(APPEND programs fuzz_${name})
    add_dependencies(fuzz_targets ${programs})
  endif()
  foreach(program IN LISTS programs ITEMS fuzz_${name}_sources)
    target_include_directories(${program} PRIVATE ${PROJECT_SOURCE_DIR})
    target_link_libraries(${program} PRIVATE ${ARG_DEPS} daybook_options)
    set_target_properties(${program} PROPERTIES UNITY_BUILD OFF)
    daybook_use_precompiled_header(${program} services)
  endforeach()
  add_test(NAME fuzz_${name}
    COMMAND fuzz_${name}_replay ${PROJECT_SOURCE_DIR}/tests/fuzz/regressions/${name})
  set_tests_properties(fuzz_${name} PROPERTIES LABELS unit TIMEOUT 120)
endfunction()
