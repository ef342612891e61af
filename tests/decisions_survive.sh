# What a person said survives a run with other options, and is undone step by step.
source "$(dirname "$0")/harness.sh"

piece_of_demo film.mp4 15
dramatis run --quiet film.mp4 -o project
name_of_all() { dramatis export project --format json -o now.json && json now.json '[p["name"] for p in d["people"] if p["name"]]'; }
dramatis export project --format json -o first.json
person=$(json first.json 'd["people"][0]["id"]')
other=$(json first.json 'd["people"][1]["id"]')
track=$(json first.json 'd["people"][0]["tracks"][0]')

dramatis name project "$person" "Ada Lovelace"
[ "$(name_of_all)" = "['Ada Lovelace']" ] || fail "the name is not there: $(name_of_all)"
dramatis run --quiet film.mp4 -o project
[ "$(name_of_all)" = "['Ada Lovelace']" ] || fail "a second run lost the name"
dramatis people project | grep -q "Ada Lovelace" || fail "people does not show the name"
rm project/analysis.sqlite*
dramatis run --quiet film.mp4 -o project
[ "$(name_of_all)" = "['Ada Lovelace']" ] || fail "what cannot be computed again was lost with what can"

people() { dramatis export project --format json -o now.json && json now.json 'len(d["people"])'; }
before=$(people)
dramatis merge project "$person" "$other"
[ "$(people)" = $((before - 1)) ] || fail "two merged are one person less"
dramatis undo project
[ "$(people)" = "$before" ] || fail "undo did not take the merge back"
dramatis undo project
[ "$(name_of_all)" = "[]" ] || fail "undo did not take the name back"

refuses 2 "9999" name project 9999 Nobody
refuses 2 "9999" merge project "$person" 9999
refuses 2 "9999" split project 9999
refuses 2 "" split project "$track" "$track" 9999
