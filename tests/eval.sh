# Scores beside a truth: what a project says of itself is perfect, what is changed is worse by as much
# as was changed, and a wrong truth is told with file and line.
source "$(dirname "$0")/harness.sh"

piece_of_demo film.mp4 12
dramatis run --quiet film.mp4 -o project
dramatis export project --format json -o own.json
dramatis export project --format mot -o own.txt
dramatis export project --format csv -o tracks.csv
dramatis shots --quiet film.mp4 -o shots.csv

dramatis eval project --truth own.json --json >scores.json
[ "$(json scores.json "d['people']['by_frames']['bcubed']['f'] == d['people']['head_recall'] == \
  d['people']['by_tracks']['nmi'] == d['shots']['cuts']['f'] == d['tracks']['hota'] == 1")" = True ] ||
  fail "the project is not equal to its own export: $(cat scores.json)"
dramatis eval project --truth own.json --by tracks >scores.txt
grep -q "B-cubed *1.000 *1.000 *1.000" scores.txt || fail "no B-cubed in $(cat scores.txt)"
! grep -q "by frames" scores.txt || fail "--by tracks also shows frames"

# Every second head of the truth elsewhere: half of them are missed.
python3 - <<'END'
import json
d = json.load(open("own.json"))
name = {p["id"]: f"Person, {p['id']}" for p in d["people"]}
rows = [(h, t["person"]) for t in d["tracks"] if t["person"] for h in t["heads"]]
rows = rows[: len(rows) // 2 * 2]
with open("heads.csv", "w") as out:
    print("frame,x,y,width,height,person", file=out)
    for i, (head, person) in enumerate(rows):
        x, y, w, h = head["box"]
        print(head["frame"], x + i % 2 * 5000, y, w, h, f'"{name[person]}"', sep=",", file=out)
END
dramatis eval project --truth heads.csv --json >scores.json
[ "$(json scores.json "d['people']['head_recall']")" = 0.5 ] || fail "half of the heads are away"

# All tracks one person: whoever found several found too many.
awk -F, 'NR == 1 { print "track,person" } NR > 1 { print $1 ",Everybody" }' tracks.csv >one.csv
dramatis eval project --truth one.csv --json >scores.json
[ "$(json scores.json "d['people']['by_tracks']['pairwise']['precision'] == 1 and d['people']['people'] == 1 \
  and d['people']['by_tracks']['bcubed']['recall'] < 1")" = True ] || fail "$(cat scores.json)"

# One cut is moved by two frames.
dramatis eval shots.csv --shots shots.csv --tolerance 0 >scores.txt
grep -q "hard cuts *1.000 *1.000 *1.000" scores.txt || fail "$(cat scores.txt)"
awk -F, 'NR == 3 { $2 += 2 } NR > 2 { print $2 }' shots.csv >cuts.txt
dramatis eval project --shots cuts.txt --tolerance 2 --json >near.json
dramatis eval project --shots cuts.txt --tolerance 1 --json >far.json
[ "$(json near.json "d['shots']['all_boundaries']['missed']")" = 0 ] || fail "2 frames are within 2"
[ "$(json far.json "d['shots']['all_boundaries']['missed']")" = 1 ] || fail "2 frames are not within 1"

# In the boxes of the MOTChallenge a frame without its head is a missed one.
sed 1d own.txt >gt.txt
dramatis eval project --tracks gt.txt --json >scores.json
[ "$(json scores.json "(d['tracks']['false'], d['tracks']['missed'])")" = "(1, 0)" ] || fail "$(cat scores.json)"

refuses 2 "--truth" eval project
refuses 2 "nowhere.csv" eval project --truth nowhere.csv
refuses 2 "film.mp4: line 1" eval project --truth film.mp4
printf 'track,person\n1,A\nx,B\n' >bad.csv
refuses 2 "bad.csv: line 3" eval project --truth bad.csv
printf '12\n30\nlater\n' >bad.txt
refuses 2 "bad.txt: line 3" eval project --shots bad.txt
printf '1,1,0,0,9,9\n2,1,0,0,9\n' >bad.txt
refuses 2 "bad.txt: line 2" eval project --tracks bad.txt
refuses 5 "nowhere" eval nowhere --truth own.json
truncate -s 4000 project/analysis.sqlite
refuses 5 "project" eval project --truth own.json
