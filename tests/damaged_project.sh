# A damaged project file is told from a sound one, by every command that reads it.
source "$(dirname "$0")/harness.sh"

film_of_nobody film.mp4 2
dramatis run --quiet film.mp4 -o sound
for stored in sound/*.sqlite; do
  name=$(basename "$stored")
  for damage in cut overwritten; do
    rm -rf project
    cp -r sound project
    if [ $damage = cut ]; then
      truncate -s $(($(stat -c %s "$stored") / 3)) "project/$name"
    else
      printf 'not a database, and long enough to spoil its head' | dd of="project/$name" conv=notrunc status=none
    fi
    refuses 5 "project" people project
    refuses 5 "project" export project --format json
  done
done
