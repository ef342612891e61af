#!/usr/bin/env bash
# Makes docs/room-*.jpg, the pictures of the naming room, from the project that ./dev demo made. Needs
# Debian's chromium and chromium-driver. Usage: demo/room_pictures.sh [PROJECT]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
project=${1:-build/demo/film.dramatis}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp -r "$project" "$scratch/project"
DRAMATIS=build/dramatis PYTHONPATH=tests/web python3 demo/room_pictures.py "$scratch/project" "$scratch"
for picture in "$scratch"/*.png; do
  ffmpeg -v error -y -i "$picture" -vf "scale=1200:-2:flags=lanczos" -q:v 4 "docs/room-$(basename "$picture" .png).jpg"
done
