#!/usr/bin/env bash
# Cuts the demonstration film into build/demo/film.mp4 (its truth beside it) unless it is there, made
# from the list and the script as they are now. Prints its path.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/setup.sh

film=build/demo/film.mp4
parts=$cache/demo/parts
made_from=$(cat demo/edit-list.csv demo/sources.csv demo/cut_film.py demo/edit_list.py | sha256sum)
if [ ! -s $film ] || [ "$(cat build/demo/film.made-from 2>/dev/null)" != "$made_from" ]; then
  need_packages "${film_packages[@]}" python3-pip
  python3 demo/fetch_parts.py "$parts"
  say "Cutting the demonstration film"
  python3 demo/cut_film.py "$parts" $film
  echo "$made_from" >build/demo/film.made-from
fi
echo $film
