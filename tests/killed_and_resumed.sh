# Kill it anywhere, run it again: the same JSON as a run that nobody disturbed.
source "$(dirname "$0")/harness.sh"

piece_of_demo film.mp4 20
start=$(date +%s%N)
dramatis run --quiet film.mp4 -o whole
whole_s=$(awk "BEGIN { print ($(date +%s%N) - $start) / 1e9 }")
dramatis export whole --format json -o whole.json

# However fast the machine is just now: a run that was through before its time gets half of it.
killed_after() {
  rm -rf killed
  local status=0
  timeout -s KILL "$1" "$DRAMATIS" run --quiet film.mp4 -o killed 2>err.txt || status=$?
  [ $status = 137 ]
}

for share in 0.05 0.35 0.65 0.9; do
  seconds=$(awk "BEGIN { print $share * $whole_s }")
  until killed_after "$seconds"; do seconds=$(awk "BEGIN { print $seconds / 2 }"); done
  dramatis run --quiet film.mp4 -o killed
  dramatis export killed --format json -o resumed.json
  same whole.json resumed.json
done

# And again and again in one project.
for _ in 1 2 3; do
  timeout -s KILL "$(awk "BEGIN { print 0.3 * $whole_s }")" "$DRAMATIS" run --quiet film.mp4 -o stumbling 2>err.txt || true
done
dramatis run --quiet film.mp4 -o stumbling
dramatis export stumbling --format json -o resumed.json
same whole.json resumed.json
