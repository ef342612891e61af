# Configures once and builds: build/ by default, build-NAME for the other presets.

build_preset() { # PRESET FOLDER [TARGET...]
  local preset=$1 folder=$2
  shift 2
  export CMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER-ccache}
  grep -qs "^OpenVINO_DIR:.*=$OpenVINO_DIR$" "$folder/CMakeCache.txt" ||
    cmake --preset "$preset" -DOpenVINO_DIR="$OpenVINO_DIR" >"$(log_of "$folder")" ||
    { cat "$(log_of "$folder")" >&2 && die "Configuring $folder failed."; }
  ninja -C "$folder" -j "$(nproc)" "$@" >&2
}

log_of() { mkdir -p "$1" && echo "$1/configure.log"; }

build_program() {
  need_packages "${build_packages[@]}"
  need_openvino
  build_preset release build dramatis
}
