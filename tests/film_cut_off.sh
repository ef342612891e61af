# A film that was cut off in the middle is analysed as far as it goes, and the user is told.
source "$(dirname "$0")/harness.sh"

film_of_nobody whole.mkv 8 -g 25
head -c $(($(stat -c %s whole.mkv) / 2)) whole.mkv >half.mkv
dramatis run half.mkv -o half.dramatis
grep -qiE "0:00:0[2-6]" err.txt || fail "it does not say up to where the film goes"
dramatis export half.dramatis --format json -o half.json
frames=$(json half.json 'd["film"]["frames"]')
[ "$frames" -gt 50 ] && [ "$frames" -lt 150 ] || fail "half of 200 frames became $frames"
[ "$(json half.json 'd["shots"][-1]["end_frame"]')" = "$frames" ] || fail "the shots do not end with the film"
