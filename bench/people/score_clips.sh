#!/usr/bin/env bash
# The people of labelled clips beside the truth: a line a clip, and the mean of the clips.
#
#     bench/people/score_clips.sh [LABELS.csv [PROJECTS]]
#
# LABELS.csv: clip,frame,x,y,width,height,person (src/people/testdata/people_in_clips.csv without it).
# The clips lie in the folder `clips` of DRAMATIS_DATA or of shared/data; those that are not there are
# passed over. PROJECTS (build/bench/clips without it) keeps the analyses: a second call only scores,
# unless the options of the analysis have changed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
program=build/dramatis
labels=${1:-src/people/testdata/people_in_clips.csv}
projects=${2:-build/bench/clips}
clips=${DRAMATIS_DATA:-shared/data}/clips

[ -x $program ] || { echo "$program is not there: ./dev build" >&2 && exit 1; }
[ -d "$clips" ] || { echo "There are no clips in $clips: set DRAMATIS_DATA to their folder." >&2 && exit 0; }
mkdir -p "$projects"
scores=$(mktemp)
trap 'rm -f "$scores"' EXIT

for clip in $(tail -n +2 "$labels" | cut -d, -f1 | sort -u); do
  if [ ! -f "$clips/$clip" ]; then
    echo "$clip is not there" >&2
    continue
  fi
  project=$projects/$clip.dramatis
  # Nobody reads what a run says of a clip, unless it fails.
  said=$($program run --quiet "$clips/$clip" -o "$project" 2>&1) || { echo "$said" >&2 && exit 1; }
  printf '%s\t' "$clip" >>"$scores"
  $program eval "$project" --truth "$labels" --json | tr -d '\n' >>"$scores"
  echo >>"$scores"
done

python3 - "$scores" <<'END'
import json
import sys

columns = ["B-cubed P", "R", "F", "with missed F", "by tracks F", "head recall", "purity", "NMI"]
lines = []
print(f"{'':26s}" + "".join(f"{name:>15s}" for name in columns) + "  true/found/cast  clicks")
total = [0, 0, 0, 0]
for line in open(sys.argv[1]):
    clip, text = line.split("\t")
    people = json.loads(text)["people"]
    frames, tracks = people["by_frames"], people["by_tracks"]
    if frames is None:
        print(f"{clip:26s}  none of {people['heads']} labelled heads was found")
        continue
    bcubed = frames["bcubed"]
    lines.append([bcubed["precision"], bcubed["recall"], bcubed["f"], people["bcubed_with_missed"]["f"],
                  tracks["bcubed"]["f"], people["head_recall"], frames["purity"], frames["nmi"]])
    counts = [people["people"], frames["clusters"], people["cast"], people["clicks"]]
    total = [a + b for a, b in zip(total, counts)]
    print(f"{clip:26s}" + "".join(f"{score:15.3f}" for score in lines[-1]) +
          "  {:>4}/{:>5}/{:>4}  {:>6}".format(*counts))
if lines:
    means = [sum(column) / len(lines) for column in zip(*lines)]
    print(f"{f'mean of {len(lines)}, sums':26s}" + "".join(f"{score:15.3f}" for score in means) +
          "  {:>4}/{:>5}/{:>4}  {:>6}".format(*total))
END
