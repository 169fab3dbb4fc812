# gradwalk_precompiled(target library|tests): the target reads cmake/precompiled/library.hpp or tests.hpp already parsed.
# One such header serves all targets that are compiled alike; for somebody else's build it is off.

# Not for Release: GCC 12 at -O3 then sees copies of more bytes than there are (-Wstringop-overflow).
option(GRADWALK_PRECOMPILED_HEADERS "Parse the large headers once" OFF)

if(GRADWALK_PRECOMPILED_HEADERS)
  file(WRITE "${CMAKE_BINARY_DIR}/precompiled.cpp" "// Something to compile the header for.\n")
  foreach(header library tests)
    add_library(gradwalk_precompiled_${header} OBJECT "${CMAKE_BINARY_DIR}/precompiled.cpp")
    gradwalk_settings(gradwalk_precompiled_${header})
    target_precompile_headers(gradwalk_precompiled_${header} PRIVATE "${CMAKE_CURRENT_LIST_DIR}/precompiled/${header}.hpp")
    find_package(fmt REQUIRED)
    find_package(nlohmann_json REQUIRED)
    target_link_libraries(gradwalk_precompiled_${header} PRIVATE fmt::fmt nlohmann_json::nlohmann_json)
  endforeach()
  find_package(Boost REQUIRED COMPONENTS unit_test_framework)
  target_link_libraries(gradwalk_precompiled_tests PRIVATE Boost::unit_test_framework)
  target_compile_definitions(gradwalk_precompiled_tests PRIVATE BOOST_TEST_DYN_LINK)
endif()

function(gradwalk_precompiled target header)
  if(GRADWALK_PRECOMPILED_HEADERS)
    target_precompile_headers(${target} REUSE_FROM gradwalk_precompiled_${header})
  endif()
endfunction()
