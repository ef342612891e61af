# A full disk stops a run in a sentence; with room again it goes on, and the result is the same.
source "$(dirname "$0")/harness.sh"

piece_of_demo film.mp4 12
dramatis run --quiet film.mp4 -o whole
dramatis export whole --format json -o whole.json

mkdir small
mount -t tmpfs -o size=300k tmpfs small 2>/dev/null || skip "a small disk needs the right to mount one"
trap 'umount small; rm -rf "$scratch"' EXIT
refuses 1 "full" run --quiet film.mp4 -o small/project
mount -o remount,size=450k small
refuses 1 "full" run --quiet film.mp4 -o small/project
mount -o remount,size=64m small
dramatis run --quiet film.mp4 -o small/project
dramatis export small/project --format json -o resumed.json
same whole.json resumed.json
