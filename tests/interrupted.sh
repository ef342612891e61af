# Ctrl-C stops a run soon and politely; run again, it goes on and ends the same. (One signal, as from
# a terminal: without --foreground, timeout sends a second one, which means "at once".)
source "$(dirname "$0")/harness.sh"

piece_of_demo film.mp4 15
start=$(date +%s%N)
dramatis run --quiet film.mp4 -o whole
half_s=$(awk "BEGIN { print ($(date +%s%N) - $start) / 2e9 }")
dramatis export whole --format json -o whole.json

# However fast the machine is just now: a run that was through before its time gets half of it.
stopped_after() {
  rm -rf stopped
  ! timeout --foreground --preserve-status -s INT "$1" "$DRAMATIS" run --quiet film.mp4 -o stopped >out.txt 2>err.txt
}
until stopped_after "$half_s"; do half_s=$(awk "BEGIN { print $half_s / 2 }"); done
[ "$(wc -l <err.txt)" -le 1 ] || fail "more than one line on stderr"
dramatis run --quiet film.mp4 -o stopped
dramatis export stopped --format json -o resumed.json
same whole.json resumed.json

status=0
timeout --foreground --preserve-status -s INT 0.5 "$DRAMATIS" render --quiet stopped -o rendered.mp4 2>err.txt || status=$?
[ $status != 0 ] || skip "the film was rendered before it could be stopped"
only film.mp4 whole whole.json stopped resumed.json
