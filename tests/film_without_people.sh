# An empty cast is a result, and every command that shows a cast can show an empty one.
source "$(dirname "$0")/harness.sh"

film_of_nobody film.mp4 4
dramatis run --quiet film.mp4
[ -d film.mp4.dramatis ] || fail "the project is a folder beside the film"
dramatis export film.mp4.dramatis --format json >cast.json
[ "$(json cast.json '(d["format"], d["people"], d["tracks"])')" = "('dramatis/1', [], [])" ] || fail "somebody is there"
dramatis people film.mp4.dramatis >people.txt
dramatis sheet film.mp4.dramatis -o sheet.png
dramatis render --quiet film.mp4.dramatis -o rendered.mp4
