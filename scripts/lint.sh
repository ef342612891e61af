#!/usr/bin/env bash
# Format and clang-tidy. Without a word: the files changed since the main branch, or since the last
# commit. --all: every file. --format: the format of every file, without clang-tidy.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/setup.sh
source scripts/build.sh

changed_files() {
  local base
  base=$(git merge-base HEAD origin/main 2>/dev/null || git rev-parse HEAD~1 2>/dev/null || git rev-parse HEAD)
  git diff --name-only --diff-filter=d "$base"
  git ls-files --others --exclude-standard
}

case "${1:-}" in
  --all | --format) files() { git ls-files; } ;;
  "") files() { changed_files | sort -u; } ;;
  *) die "./dev lint [--all|--format]" ;;
esac

need_packages "${lint_packages[@]}"
mapfile -t sources < <(files | grep -E '\.(cpp|h)$')
mapfile -t units < <(files | grep -E '^src/.*\.cpp$')

[ ${#sources[@]} = 0 ] || clang-format --dry-run -Werror "${sources[@]}"
say "Format: ${#sources[@]} files as they should be."
[ "${1:-}" != --format ] || exit 0

if [ ${#units[@]} != 0 ]; then
  need_packages "${build_packages[@]}"
  need_openvino
  configure_preset release build
  printf '%s\n' "${units[@]}" | xargs -P "$(nproc)" -n 1 clang-tidy-16 -p build --quiet 2>&1 |
    { grep -vE '^[0-9]+ warnings? (generated|treated)' || true; }
fi
say "clang-tidy: ${#units[@]} files without a finding."
