# Wrong usage ends with status 2; help is a result, and teaches by example.
source "$(dirname "$0")/harness.sh"

for words in "" "dance" "run" "shots" "run a b c" "run film.mp4 --no-such-option"; do
  status=0
  # shellcheck disable=SC2086
  "$DRAMATIS" $words >out.txt 2>err.txt || status=$?
  [ $status = 2 ] || fail "dramatis $words: status $status instead of 2"
  [ -s err.txt ] && [ ! -s out.txt ] || fail "dramatis $words: what is wrong belongs on stderr"
done

dramatis --help >out.txt
for command in run shots tracks cluster people name merge split ignore undo render export eval models; do
  grep -qw "$command" out.txt || fail "--help does not speak of $command"
  "$DRAMATIS" "$command" --help | grep -q "dramatis $command " || fail "$command --help has no example"
done
