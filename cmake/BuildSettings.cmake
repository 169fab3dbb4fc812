# What every target of the project is compiled with. Warnings are ours alone: they never reach a consumer.

if(PROJECT_IS_TOP_LEVEL)
  if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
  endif()
  find_program(CCACHE ccache)
  if(CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND};-E;env;CCACHE_BASEDIR=${CMAKE_SOURCE_DIR};CCACHE_NOHASHDIR=1;CCACHE_SLOPPINESS=pch_defines,time_macros;${CCACHE}")
  endif()
  # One place for all programs, so that `gradwalk` finds `gradwalk-lesson` beside it, installed or not.
  set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
endif()

function(gradwalk_settings target)
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
    # The compiler must not fuse a multiplication and an addition behind our back: where it may differs between
    # machines, and then the digits do too.
    -ffp-contract=off
    # GCC 12 sees overlapping copies in every std::string + that it inlines (its bug 105329).
    -Wno-restrict
    # … and with -O3 a std::variant that is moved into a vector as not initialized, whichever member it holds (105562).
    $<$<CONFIG:Release>:-Wno-maybe-uninitialized>)
  if(CMAKE_UNITY_BUILD)
    # Files that are compiled together: the file is not the main one, but its fixtures are still its own.
    target_compile_options(${target} PRIVATE -Wno-subobject-linkage)
  endif()
  # The compiler's garbage collector first runs at a gigabyte: a tenth of the time of a build.
  target_compile_options(${target} PRIVATE "$<$<CXX_COMPILER_ID:GNU>:SHELL:--param ggc-min-heapsize=1000000>")
  if(GRADWALK_WERROR)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
  if(GRADWALK_SANITIZE)
    target_compile_options(${target} PUBLIC -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
    # With the sanitizers' code in between, GCC 12 takes a variant's other alternatives for uninitialised.
    target_compile_options(${target} PRIVATE -Wno-maybe-uninitialized)
    target_link_options(${target} PUBLIC -fsanitize=address,undefined)
  endif()
endfunction()
