# A film may have any name, and the command that is told next can be copied into a shell as it stands.
source "$(dirname "$0")/harness.sh"

film="-the \"film\" that isn't; ü.mp4"
film_of_nobody whole.mp4 1
mv whole.mp4 "./$film"
dramatis run --quiet -- "$film" >told.txt
[ -s "./$film.dramatis/cast.png" ] || fail "no project beside the film"
command=$(sed -n 's/^Next: //p' told.txt)
eval "$command" >cast.txt
grep -q "screen time" cast.txt || fail "'$command' does not tell the cast"
dramatis export "./$film.dramatis" --output=-cast.json
[ "$(json ./-cast.json 'd["film"]["path"]')" = "$(pwd -P)/$film" ] || fail "the film's name was changed"
refuses 2 "give the name of a file" sheet "./$film.dramatis" -o -
