# Tests: beside the code (GoogleTest) and of the real program (tests/*.sh), all run by ctest.

run_tests() {
  need_packages "${build_packages[@]}" "${film_packages[@]}"
  need_openvino
  if [ "${1:-}" = --sanitize ]; then
    shift && sanitized_tests "$@"
  else
    build_preset release build
    fetch_models
    need_axe
    demo/film.sh >/dev/null
    ctest --test-dir build --output-on-failure --parallel "$(nproc)" ${1:+--tests-regex "$1"}
  fi
}

# The end-to-end tests drive the release program; here only the unit tests run.
sanitized_tests() {
  build_preset sanitize build-sanitize
  export UBSAN_OPTIONS=print_stacktrace=1
  export ASAN_OPTIONS=detect_stack_use_after_return=1
  export LSAN_OPTIONS=suppressions=$PWD/scripts/leaks-of-others.txt:print_suppressions=0
  ctest --test-dir build-sanitize --output-on-failure --parallel "$(nproc)" --label-exclude program \
    ${1:+--tests-regex "$1"}
}
