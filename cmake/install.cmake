# SPDX-License-Identifier: BSL-1.0
# `cmake --install`: the headers, plaint::formats where it was built, the ready policies, their schema, and the package files.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)
set(_package ${CMAKE_INSTALL_LIBDIR}/cmake/plaint)

install(TARGETS plaint EXPORT plaint-targets FILE_SET HEADERS)
install(EXPORT plaint-targets NAMESPACE plaint:: DESTINATION ${_package})
if(TARGET plaint_formats)
  install(TARGETS plaint_formats EXPORT plaint-formats-targets)
  install(EXPORT plaint-formats-targets NAMESPACE plaint:: DESTINATION ${_package})
endif()

install(DIRECTORY ${PROJECT_SOURCE_DIR}/policies/ DESTINATION ${CMAKE_INSTALL_DATADIR}/plaint/policies)
install(FILES ${PROJECT_SOURCE_DIR}/python/plaint/policy.schema.json DESTINATION ${CMAKE_INSTALL_DATADIR}/plaint)

configure_package_config_file(cmake/plaint-config.cmake.in plaint-config.cmake INSTALL_DESTINATION ${_package})
# While the version is 0.x, a minor step may break; headers alone know no architecture.
if(TARGET plaint_formats)
  write_basic_package_version_file(plaint-config-version.cmake COMPATIBILITY SameMinorVersion)
else()
  write_basic_package_version_file(plaint-config-version.cmake COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
endif()
install(FILES ${PROJECT_BINARY_DIR}/plaint-config.cmake ${PROJECT_BINARY_DIR}/plaint-config-version.cmake
        DESTINATION ${_package})
