# Where nothing can be written, the run says so before it works for an hour, and leaves nothing.
source "$(dirname "$0")/harness.sh"

film_of_nobody film.mp4 2
echo "a file, no folder" >file
refuses 1 "file/project" run --quiet film.mp4 -o file/project
refuses 1 "/proc/project" run --quiet film.mp4 -o /proc/project
only film.mp4 file

dramatis run --quiet film.mp4 -o project
dramatis export project -o cast.json --format json
cp cast.json before.json
refuses 1 "/proc/cast.json" export project --format json -o /proc/cast.json
refuses 1 "/proc/film.mp4" render --quiet project -o /proc/film.mp4
refuses 2 "film.docx: no container" render --quiet project -o film.docx
refuses 1 "/proc/sheet.png" sheet project -o /proc/sheet.png
same cast.json before.json
