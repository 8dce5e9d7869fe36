# daybook_precompiled_header(LAYER HEADERS … DEPS …)   one precompiled header a layer
# daybook_use_precompiled_header(TARGET LAYER)
#
# A layer's header is what nearly every file of the layer includes; parsed once instead of in every
# file, it is the larger part of a build's time. Files include what they use all the same. DEPS are
# what the headers belong to: whoever uses the header is compiled with their definitions, for the
# compiler refuses a precompiled header that was made with others.

function(daybook_precompiled_header layer)
  cmake_parse_arguments(ARG "" "" "HEADERS;DEPS" ${ARGN})
  set(source ${CMAKE_BINARY_DIR}/precompiled_${layer}.cc)
  file(CONFIGURE OUTPUT ${source} CONTENT "")
  add_library(daybook_precompiled_${layer} OBJECT ${source})
  target_link_libraries(daybook_precompiled_${layer} PUBLIC ${ARG_DEPS} PRIVATE daybook_options)
  target_precompile_headers(daybook_precompiled_${layer} PRIVATE ${ARG_HEADERS})
  set_property(TARGET daybook_precompiled_${layer} PROPERTY DAYBOOK_DEPS ${ARG_DEPS})
endfunction()

function(daybook_use_precompiled_header target layer)
  if(NOT DAYBOOK_PRECOMPILED)
    return()
  endif()
  get_target_property(deps daybook_precompiled_${layer} DAYBOOK_DEPS)
  target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:${deps}>)
  target_precompile_headers(${target} REUSE_FROM daybook_precompiled_${layer})
endfunction()

if(NOT DAYBOOK_PRECOMPILED)
  return()
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(-fpch-preprocess)  # the compiler cache hashes the header's file by its name
endif()

set(standard
  <algorithm> <array> <atomic> <charconv> <chrono> <cstddef> <cstdint> <deque> <filesystem>
  <functional> <iterator> <map> <memory> <optional> <set> <span> <string> <string_view> <thread>
  <tuple> <utility> <variant> <vector>)
set(libraries
  <absl/base/thread_annotations.h> <absl/container/flat_hash_map.h> <absl/status/statusor.h>
  <absl/strings/str_join.h> <absl/synchronization/mutex.h> <absl/time/time.h> <fmt/format.h>
  <fmt/ranges.h> <google/protobuf/message.h>)
set(library_deps absl::base absl::flat_hash_map absl::statusor absl::strings absl::synchronization
  absl::time fmt::fmt protobuf::libprotobuf)

daybook_precompiled_header(base HEADERS ${standard} ${libraries} DEPS ${library_deps})

set(messages
  <daybook/types/v1/types.pb.h>
  <daybook/actions/events/v1/events.pb.h> <daybook/enforcement/events/v1/events.pb.h>
  <daybook/incidents/events/v1/events.pb.h> <daybook/measures/events/v1/events.pb.h>
  <daybook/partners/events/v1/events.pb.h> <daybook/referrals/events/v1/events.pb.h>
  <daybook/scrutiny/events/v1/events.pb.h> <daybook/submissions/events/v1/events.pb.h>
  <daybook/views/v1/enforcement_rows.pb.h> <daybook/views/v1/rows.pb.h>
  <daybook/views/v1/scrutiny_rows.pb.h> <daybook/reports/v1/reports_service.pb.h>)
daybook_precompiled_header(messages
  HEADERS ${standard} ${libraries} ${messages}
  DEPS ${library_deps} daybook::proto)

daybook_precompiled_header(services
  HEADERS ${standard} ${libraries} ${messages} <grpcpp/grpcpp.h>
    <daybook/actions/v1/actions_service.grpc.pb.h> <daybook/admin/v1/admin_service.grpc.pb.h>
    <daybook/eventlog/v1/eventlog_service.grpc.pb.h>
    <daybook/incidents/v1/incidents_service.grpc.pb.h>
    <daybook/measures/v1/measures_service.grpc.pb.h>
    <daybook/partners/v1/partners_service.grpc.pb.h>
    <daybook/referrals/v1/referrals_service.grpc.pb.h>
    <daybook/reports/v1/reports_service.grpc.pb.h>
    <daybook/submissions/v1/submissions_service.grpc.pb.h>
  DEPS ${library_deps} daybook::grpc)

if(DAYBOOK_BUILD_TESTS)
  daybook_precompiled_header(tests
    HEADERS ${standard} ${libraries} ${messages} <gmock/gmock.h> <gtest/gtest.h>
    DEPS ${library_deps} daybook::proto GTest::gmock)
  daybook_test_options(daybook_precompiled_tests)
endif()
