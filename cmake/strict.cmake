# SPDX-License-Identifier: BSL-1.0
# Warnings, sanitizers and the compiler cache for our own targets. Whether a warning is an error is
# said by the presets (CMAKE_COMPILE_WARNING_AS_ERROR), so a newer compiler never stops a stranger.
add_library(plaint_strict INTERFACE)
if(MSVC)
  target_compile_options(plaint_strict INTERFACE /W4 /permissive-)
else()
  target_compile_options(plaint_strict INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow)
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    target_compile_options(plaint_strict INTERFACE -Wno-psabi) # a note on GCC 4.6
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(plaint_strict INTERFACE -Wno-restrict) # sees overlaps in "text" + string (GCC bug 105651)
  endif()
endif()

if(PLAINT_SANITIZE)
  set(_sanitize -fsanitize=${PLAINT_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND PLAINT_SANITIZE MATCHES thread)
    list(APPEND _sanitize -Wno-tsan) # Boost's fences, which are not used across our threads
  endif()
  target_compile_options(plaint_strict INTERFACE ${_sanitize})
  target_link_options(plaint_strict INTERFACE ${_sanitize})
endif()

if(PROJECT_IS_TOP_LEVEL)
  find_program(PLAINT_CCACHE ccache)
  if(PLAINT_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # Without this sloppiness a precompiled header would make every file a miss.
    set(CMAKE_CXX_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
        ${PLAINT_CCACHE})
    set(CMAKE_PCH_INSTANTIATE_TEMPLATES OFF)
  endif()
endif()
