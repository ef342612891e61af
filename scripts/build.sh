# Configures once and builds: build/ by default, build-NAME for the other presets.

configure_preset() { # PRESET FOLDER
  local log=$2/configure.log
  export CMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER-ccache}
  grep -qs "^OpenVINO_DIR:.*=$OpenVINO_DIR$" "$2/CMakeCache.txt" && [ -e "$2/build.ninja" ] && return
  mkdir -p "$2"
  cmake --preset "$1" -DOpenVINO_DIR="$OpenVINO_DIR" >"$log" 2>&1 ||
    { cat "$log" >&2 && die "Configuring $2 failed."; }
}

build_preset() { # PRESET FOLDER [TARGET...]
  configure_preset "$1" "$2"
  ninja -C "$2" -j "$(nproc)" "${@:3}" >&2
}

build_program() {
  need_packages "${build_packages[@]}"
  need_openvino
  build_preset release build dramatis
}
