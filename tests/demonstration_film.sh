# The whole chain on the demonstration film, beside the truth of its edit list.
source "$(dirname "$0")/harness.sh"

[ -s "$DEMO_FILM" ] || skip "the demonstration film is not there: ./dev test cuts it"
truth=${DEMO_FILM%.mp4}.truth.json
dramatis run --quiet "$DEMO_FILM" -o project
dramatis export project --format json -o cast.json
python3 "$SOURCES/demo/score.py" check cast.json "$truth"
DRAMATIS=$DRAMATIS python3 "$SOURCES/demo/count_actions.py" project "$truth"
