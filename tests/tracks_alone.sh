# The tracker without a film: boxes of any detector in, tracks out.
source "$(dirname "$0")/harness.sh"

# Two heads that cross in the middle, and one that stands; of ten looks one misses each, and now and then
# there is a head where nobody is.
python3 - >det.txt <<'END'
for f in range(1, 101):
    heads = [(50 + 5 * f, 100, 40, 50), (550 - 5 * f, 104, 42, 54), (300, 300, 60, 75)]
    for i, (x, y, w, h) in enumerate(heads):
        if (f + 4 * i) % 10:
            print(f"{f},-1,{x},{y},{w},{h},0.9")
    if f % 15 == 0:
        print(f"{f},-1,{f * 7 % 600},{f * 3 % 400},40,50,0.6")
END
dramatis tracks --detections det.txt >tracks.txt
python3 - <<'END'
rows = [[float(cell) for cell in line.split(",")] for line in open("tracks.txt")]
assert {row[1] for row in rows} == {1, 2, 3}, "not three tracks"
assert len(rows) == 300, "gaps are filled: a box for every head and frame"
ways = {}
for frame, track, x, *_ in rows:
    ways.setdefault(track, []).append(x)
moved = sorted(round((way[-1] - way[0]) / 10) for way in ways.values())
assert moved == [-50, 0, 50] or moved == [-49, 0, 49], f"each goes its way through the crossing: {moved}"
END

dramatis tracks --detections det.txt -o again.txt
same tracks.txt again.txt
printf '%s\n' shot,start_frame,end_frame,start_s,end_s 1,0,40,0,1.6 2,40,100,1.6,4 >shots.csv
dramatis tracks --detections det.txt --shots shots.csv --size 640x480 -o cut.txt
[ "$(cut -d, -f2 cut.txt | sort -u | wc -l)" = 6 ] || fail "a track crosses the cut"
: >none.txt
dramatis tracks --detections none.txt >out.txt
[ ! -s out.txt ] || fail "tracks of nothing"

printf '1,-1,1,2,30,40,0.9\n1,-1,1,2\n' >bad.txt
refuses 2 "bad.txt: line 2" tracks --detections bad.txt
refuses 2 "nowhere.txt" tracks --detections nowhere.txt
head -2 shots.csv >short.csv
refuses 2 "frame 41, counted from 1, lies in no shot of short.csv" tracks --detections det.txt --shots short.csv
tail -1 shots.csv >headless.csv
refuses 2 "headless.csv: its first line" tracks --detections det.txt --shots headless.csv
refuses 2 "--size" tracks --detections det.txt --size 640
refuses 2 "low_score and sure_score" tracks --detections det.txt --low-score 0.5
refuses 1 "/proc/tracks.txt" tracks --detections det.txt -o /proc/tracks.txt
