# Wrong usage ends with status 2; help is a result, and teaches by example.
source "$(dirname "$0")/harness.sh"

for words in "" "dance" "run" "shots" "run a b c" "run film.mp4 --no-such-option"; do
  status=0
  # shellcheck disable=SC2086
  "$DRAMATIS" $words >out.txt 2>err.txt || status=$?
  [ $status = 2 ] || fail "dramatis $words: status $status instead of 2"
  [ -s err.txt ] && [ ! -s out.txt ] || fail "dramatis $words: what is wrong belongs on stderr"
done

refuses 2 "There is no command 'dance'; try 'dramatis --help'." dance
refuses 2 "film is required; try 'dramatis run --help'." run
refuses 2 "--threads: '-3' is not a number of at least 0; try" run film.mp4 --threads -3
refuses 2 "--threshold: 'nan' is not a number of at least 0; try" run film.mp4 --threshold nan

dramatis --help >out.txt
for command in run shots tracks cluster people name merge split ignore undo render export eval models; do
  grep -qw "$command" out.txt || fail "--help does not speak of $command"
  "$DRAMATIS" "$command" --help | grep -q "dramatis $command " || fail "$command --help has no example"
done
