# The same film twice gives the same JSON, byte for byte; a finished project is not done again.
source "$(dirname "$0")/harness.sh"

piece_of_demo film.mp4 15
for project in first second; do
  dramatis run --quiet film.mp4 -o $project
  dramatis export $project --format json -o $project.json
done
same first.json second.json
[ "$(json first.json 'len(d["people"]) > 2 and len(d["tracks"]) > 4')" = True ] || fail "hardly anybody was found"

dramatis run film.mp4 -o first
! grep -q "Looking at the film" err.txt || fail "a finished project was looked at again"
dramatis export first --format json -o again.json
same first.json again.json
