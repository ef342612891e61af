# Shots without a project: cuts on their frame, in every format.
source "$(dirname "$0")/harness.sh"

for colour in red:1 blue:2 green:1; do
  ffmpeg -v error -f lavfi -i "color=${colour%:*}:s=320x180:r=25:d=${colour#*:}" -pix_fmt yuv420p "${colour%:*}.mp4"
  echo "file '${colour%:*}.mp4'" >>list.txt
done
ffmpeg -v error -f concat -i list.txt -r 25 film.mp4
dramatis shots --quiet film.mp4 >shots.csv
cat >expected.csv <<'END'
shot,start_frame,end_frame,start_s,end_s
1,0,25,0.000,1.000
2,25,75,1.000,3.000
3,75,100,3.000,4.000
END
python3 - <<'END'
import csv
found, expected = ([row if i == 0 else [float(cell) for cell in row] for i, row in enumerate(csv.reader(open(name)))]
                   for name in ("shots.csv", "expected.csv"))
assert found == expected, found
END
for format in csv json edl otio; do
  dramatis shots --quiet film.mp4 --format $format -o shots.$format
  [ -s shots.$format ] || fail "no shots.$format"
done
[ ! -e film.dramatis ] || fail "shots alone need no project"
