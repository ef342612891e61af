#!/usr/bin/env bash
# Random bytes for everything that reads a file of ours: each fuzzer for some seconds (10), starting
# from what it found before. What breaks one is kept in build-fuzz/findings.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/setup.sh
source scripts/build.sh

need_packages "${build_packages[@]}" "${fuzz_packages[@]}"
need_openvino
configure_preset fuzz build-fuzz
mapfile -t fuzzers < <(sed -nE 's/^dramatis_fuzz\(([a-z_]+) .*/\1/p' fuzz/CMakeLists.txt)
build_preset fuzz build-fuzz "${fuzzers[@]/%/_fuzz}"

mkdir -p build-fuzz/findings
for fuzzer in "${fuzzers[@]}"; do
  mkdir -p "build-fuzz/corpus/$fuzzer"
  seeds=()
  [ ! -d "fuzz/seeds/$fuzzer" ] || seeds=("fuzz/seeds/$fuzzer")
  log=build-fuzz/$fuzzer.log
  "build-fuzz/fuzz/${fuzzer}_fuzz" -max_total_time="${1:-10}" -max_len=4096 -rss_limit_mb=1024 \
    -artifact_prefix="build-fuzz/findings/$fuzzer-" "build-fuzz/corpus/$fuzzer" "${seeds[@]}" \
    >"$log" 2>&1 || { tail -40 "$log" && die "$fuzzer broke; the bytes are in build-fuzz/findings."; }
  say "$fuzzer: nothing broke in ${1:-10} s, $(find "build-fuzz/corpus/$fuzzer" -type f | wc -l) ways through it"
done
