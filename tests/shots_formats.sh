# The edit lists are read back by OpenTimelineIO, frame for frame.
source "$(dirname "$0")/harness.sh"
python=${DRAMATIS_PYTHON:-python3}
"$python" -c 'import opentimelineio' 2>/dev/null ||
  skip "the Python package opentimelineio is not installed (DRAMATIS_PYTHON: one that has it)"
"$python" -c 'import opentimelineio as otio; otio.adapters.from_name("cmx_3600")' 2>/dev/null ||
  skip "the Python package otio-cmx3600-adapter is not installed (DRAMATIS_PYTHON: one that has it)"

# More than a minute, so that a time code that drops frames would be seen; a name with odd characters.
for colour in red:1 blue:62 green:1; do
  ffmpeg -v error -f lavfi -i "color=${colour%:*}:s=160x90:r=30000/1001:d=${colour#*:}" -pix_fmt yuv420p "${colour%:*}.mp4"
  echo "file '${colour%:*}.mp4'" >>list.txt
done
ffmpeg -v error -f concat -i list.txt -c copy "a film, ünïcode.mp4"
for format in json edl otio; do
  dramatis shots --quiet "a film, ünïcode.mp4" --format $format -o shots.$format
done

"$python" - <<'END'
import json

import opentimelineio as otio

film = json.load(open("shots.json"))
truth = [(shot["start_frame"], shot["end_frame"]) for shot in film["shots"]]
assert len(truth) == 3, truth


def frames_of(clip, rate):
    cut = clip.source_range
    assert abs(cut.start_time.rate - rate) < 1e-6, cut
    return int(cut.start_time.value), int(cut.end_time_exclusive().value)


def clips_of(timeline):
    (track,) = timeline.video_tracks()
    assert track.kind == otio.schema.TrackKind.Video
    return list(track)


edit = otio.adapters.read_from_file("shots.otio")
clips = clips_of(edit)
assert [frames_of(clip, 30000 / 1001) for clip in clips] == truth, clips
assert clips[1].metadata["dramatis"]["begins_with"] == "cut"
assert clips[0].media_reference.target_url.endswith("a film, ünïcode.mp4")
assert int(edit.duration().value) == truth[-1][1]

edl = otio.adapters.read_from_string(open("shots.edl", encoding="utf-8").read(), "cmx_3600", rate=30)
clips = clips_of(edl)
assert [frames_of(clip, 30) for clip in clips] == truth, clips
assert {clip.name for clip in clips} == {"a film, ünïcode.mp4"}, clips
END
