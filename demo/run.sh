#!/usr/bin/env bash
# The demonstration: a film comes in, its named cast comes out, all by the product's own commands.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

film=$(demo/film.sh)
truth=build/demo/film.truth.json
project=build/demo/film.dramatis
json=build/demo/cast.json

step() { # prints a command as a user would type it, and does it
  local word line=""
  for word in "$@"; do
    case $word in *" "*) word="\"$word\"" ;; esac
    line+=" $word"
  done
  echo "\$$line"
  "$@"
}

step build/dramatis run $film -o $project
build/dramatis export $project --format json -o $json
# A user would look at the contact sheet and type these names; here the edit list knows them.
while IFS=$'\t' read -r person name; do
  step build/dramatis name $project "$person" "$name"
done < <(python3 demo/score.py names $json $truth)
step build/dramatis people $project
step build/dramatis render $project -o build/demo/annotated.mp4
step build/dramatis sheet $project -o build/demo/cast.png
step build/dramatis export $project --format json -o $json

echo
echo "What was found beside the truth of the edit list:"
python3 demo/score.py score $json $truth
echo
echo "Look at   $PWD/build/demo/annotated.mp4   the film with a name on every head"
echo "          $PWD/build/demo/cast.png        the contact sheet of the cast"
echo "          $PWD/build/demo/cast.json       everything, as JSON"
