# SPDX-License-Identifier: BSL-1.0
# Copies include/ somewhere else, compiles a first complaint with that and Boost alone, and runs it.
file(REMOVE_RECURSE "${FOLDER}")
file(COPY "${SOURCE}/include/plaint" DESTINATION "${FOLDER}/vendor")
if(NOT LAUNCHER) # ccache, where it is installed
  set(LAUNCHER "")
endif()
execute_process(
  COMMAND ${LAUNCHER} "${COMPILER}" -std=c++20 "-I${FOLDER}/vendor" -c "${SOURCE}/tests/package/first_complaint.cpp"
          -o "${FOLDER}/consumer.o"
  COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND "${COMPILER}" "${FOLDER}/consumer.o" -o "${FOLDER}/consumer" COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND "${FOLDER}/consumer" COMMAND_ERROR_IS_FATAL ANY)
