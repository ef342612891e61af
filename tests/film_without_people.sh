# An empty cast is a result, and every command that shows a cast can show an empty one.
source "$(dirname "$0")/harness.sh"

film_of_nobody film.mp4 4
dramatis run --quiet film.mp4
[ -d film.dramatis ] || fail "the project is a folder beside the film"
dramatis export film.dramatis --format json >cast.json
[ "$(json cast.json '(d["format"], d["people"], d["tracks"])')" = "('dramatis/1', [], [])" ] || fail "somebody is there"
dramatis people film.dramatis >people.txt
dramatis sheet film.dramatis -o sheet.png
dramatis render --quiet film.dramatis -o rendered.mp4
