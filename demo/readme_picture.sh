#!/usr/bin/env bash
# Makes docs/annotated-frame.jpg, the picture of the README, from the film that ./dev demo annotated.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
film=${1:-build/demo/annotated.mp4}
ffmpeg -v error -y -i "$film" -vf "select=eq(n\,290),scale=960:-2" -frames:v 1 -q:v 4 docs/annotated-frame.jpg
