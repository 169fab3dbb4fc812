# `cmake --install`: the library for find_package(gradwalk), the programs, and what they read, in share/gradwalk. Nothing
# knows where it was installed: everything is found from the place of the program.
include(CMakePackageConfigHelpers)

set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/gradwalk)
install(TARGETS gradwalk_nn EXPORT gradwalk FILE_SET HEADERS)
install(EXPORT gradwalk NAMESPACE gradwalk:: DESTINATION ${package_folder})
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/gradwalk-config.cmake.in
  ${CMAKE_CURRENT_BINARY_DIR}/gradwalk-config.cmake INSTALL_DESTINATION ${package_folder})
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/gradwalk-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/gradwalk-config.cmake ${CMAKE_CURRENT_BINARY_DIR}/gradwalk-config-version.cmake
  DESTINATION ${package_folder})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/lib/data DESTINATION ${CMAKE_INSTALL_DATADIR}/gradwalk)
if(GRADWALK_PROGRAMS)
  install(TARGETS gradwalk)
  install(TARGETS gradwalk_tracer EXPORT gradwalk FILE_SET HEADERS)
endif()
