# A film that was run by a relative path is found from another folder, and where it was moved to with
# its project.
source "$(dirname "$0")/harness.sh"

mkdir here
film_of_nobody here/film.mp4 1
(cd here && dramatis run --quiet film.mp4)
dramatis render --quiet here/film.mp4.dramatis -o from_outside.mp4
mkdir there
mv here/film.mp4 here/film.mp4.dramatis there
dramatis render --quiet there/film.mp4.dramatis -o after_the_move.mp4
same from_outside.mp4 after_the_move.mp4
rm there/film.mp4
refuses 3 "film.mp4" render --quiet there/film.mp4.dramatis -o without.mp4
