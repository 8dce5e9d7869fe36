# Everything that the project builds with, found once. deploy/packages.txt lists the Debian packages.
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(Protobuf REQUIRED)
find_package(absl CONFIG REQUIRED)
find_package(gRPC CONFIG REQUIRED)
find_package(RocksDB CONFIG REQUIRED)
find_package(fmt CONFIG REQUIRED)
find_package(nlohmann_json CONFIG REQUIRED)
find_package(prometheus-cpp CONFIG REQUIRED)
find_package(spdlog CONFIG REQUIRED)
find_package(Boost CONFIG REQUIRED)
find_package(tomlplusplus CONFIG REQUIRED)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(zmq REQUIRED IMPORTED_TARGET libzmq)
pkg_check_modules(jemalloc REQUIRED IMPORTED_TARGET jemalloc)
# Orcus and Ixion carry their interface version in their names: 0.18 in Debian 13, 0.17 in Debian 12.
pkg_search_module(orcus_interface REQUIRED liborcus-0.18 liborcus-0.17)
string(REPLACE liborcus- "" orcus_version ${orcus_interface_MODULE_NAME})
pkg_check_modules(orcus REQUIRED IMPORTED_TARGET liborcus-${orcus_version}
  liborcus-spreadsheet-model-${orcus_version} libixion-${orcus_version})
# Debian's liborcus-spreadsheet-model names a folder of headers that it does not have.
set_property(TARGET PkgConfig::orcus PROPERTY INTERFACE_INCLUDE_DIRECTORIES
  ${orcus_liborcus-${orcus_version}_INCLUDEDIR}/liborcus-${orcus_version}
  ${orcus_libixion-${orcus_version}_INCLUDEDIR}/libixion-${orcus_version})
# Not by pkg-config: Debian 13's module names minizip's, which libxlsxwriter-dev does not install.
find_path(XLSXWRITER_INCLUDE_DIR xlsxwriter.h REQUIRED)
find_library(XLSXWRITER_LIBRARY xlsxwriter REQUIRED)
find_path(CPPZMQ_INCLUDE_DIR zmq.hpp REQUIRED)
find_package(CLI11 CONFIG REQUIRED)
find_path(LIBCSV_INCLUDE_DIR csv.h REQUIRED)
find_library(LIBCSV_LIBRARY csv REQUIRED)
find_path(CBC_INCLUDE_DIR coin/Cbc_C_Interface.h REQUIRED)
find_library(CBC_LIBRARY CbcSolver REQUIRED)
if(DAYBOOK_BUILD_TESTS)
  find_package(GTest REQUIRED)
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
endif()
