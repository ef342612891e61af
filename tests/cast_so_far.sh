# The cast of what was seen so far is for who looks on: it changes nothing of the result, and nobody
# takes it for one.
source "$(dirname "$0")/harness.sh"

piece_of_demo film.mp4 40
dramatis run --quiet --no-cast-so-far film.mp4 -o without
dramatis export without --format json -o without.json

so_far() { sqlite "SELECT count(*) FROM \"cast\" WHERE NOT EXISTS (SELECT 1 FROM stages)"; }
sqlite() {
  python3 -c "import sqlite3,sys
try: print(sqlite3.connect('file:with/analysis.sqlite?mode=ro', uri=True).execute(sys.argv[1]).fetchone()[0])
except sqlite3.OperationalError: print(0)" "$1"
}

"$DRAMATIS" run --quiet film.mp4 -o with 2>err.txt >out.txt &
run=$!
until [ "$(so_far)" = 1 ]; do
  kill -0 $run 2>/dev/null || fail "the run ended before there was a cast so far"
done
for command in "people with" "export with --format json -o too-early.json" "name with 1 Anna"; do
  refuses 5 "the analysis is not finished" $command
done
[ ! -e too-early.json ] || fail "an export of an unfinished project"

kill -KILL $run
wait $run 2>/dev/null || true
[ "$(so_far)" = 1 ] || fail "the run was not killed in time"
refuses 5 "the analysis is not finished" people with
dramatis run --quiet film.mp4 -o with
dramatis export with --format json -o with.json
same without.json with.json

# The next run finds nothing to do.
dramatis run --quiet film.mp4 -o with
dramatis export with --format json -o with.json
same without.json with.json
