# One target a folder, and only the doors it was given.
#
# dramatis_folder(NAME people USES base faces [LINKS Eigen3::Eigen]) builds src/people/*.cpp into the
# library dramatis_people. Its code may write #include "people/…" and #include "base/…", and nothing
# else of ours: each folder is reached through a directory that holds one symbolic link to it, and a
# target sees the directories of the folders it names (and of those that their headers need). An
# include against the order of ARCHITECTURE.md therefore does not compile.
#
# A file NAME_test.cpp next door becomes part of the test program of its folder, dramatis_NAME_test.
# TEST_USES names what only the tests need beside that. A file test_*.cpp helps tests and is given a
# target of its own by its folder.

function(dramatis_folder)
  cmake_parse_arguments(F "" "NAME" "USES;LINKS;PRIVATE_LINKS;TEST_USES" ${ARGN})
  set(folder ${PROJECT_SOURCE_DIR}/src/${F_NAME})
  set(door ${PROJECT_BINARY_DIR}/doors/${F_NAME})
  file(MAKE_DIRECTORY ${door})
  file(CREATE_LINK ${folder} ${door}/${F_NAME} SYMBOLIC)

  file(GLOB sources CONFIGURE_DEPENDS ${folder}/*.cpp)
  file(GLOB tests CONFIGURE_DEPENDS ${folder}/*_test.cpp)
  list(FILTER sources EXCLUDE REGEX "(_test|/test_[^/]*|/main)\\.cpp$")

  list(TRANSFORM F_USES PREPEND dramatis_ OUTPUT_VARIABLE used)
  set(target dramatis_${F_NAME})
  if(sources)
    add_library(${target} STATIC ${sources})
    target_include_directories(${target} PUBLIC ${door})
    target_link_libraries(${target} PUBLIC ${used} ${F_LINKS} PRIVATE ${F_PRIVATE_LINKS} dramatis_warnings)
  else()
    add_library(${target} INTERFACE)
    target_include_directories(${target} INTERFACE ${door})
    target_link_libraries(${target} INTERFACE ${used} ${F_LINKS})
  endif()

  if(tests AND DRAMATIS_TESTS)
    list(TRANSFORM F_TEST_USES PREPEND dramatis_ OUTPUT_VARIABLE test_used)
    add_executable(${target}_test ${tests})
    target_link_libraries(${target}_test PRIVATE ${target} ${test_used} GTest::gmock GTest::gtest
                          GTest::gtest_main dramatis_warnings)
    gtest_discover_tests(${target}_test DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT 300)
  endif()
endfunction()
