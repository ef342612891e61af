# The JSON holds what docs and others rely on, and its numbers agree with one another.
source "$(dirname "$0")/harness.sh"

piece_of_demo film.mp4 15
dramatis run --quiet film.mp4 -o project
dramatis export project --format json -o cast.json
python3 - <<'END'
import json
d = json.load(open("cast.json"))
film, shots, tracks = d["film"], d["shots"], d["tracks"]
assert d["format"] == "dramatis/1"
assert (film["width"], film["height"], film["frame_rate"]) == (1280, 720, "24000/1001"), film
assert abs(film["duration_s"] - film["frames"] * 1001 / 24000) < 0.05, film
assert shots[0]["start_frame"] == 0 and shots[-1]["end_frame"] == film["frames"]
for a, b in zip(shots, shots[1:]):
    assert a["end_frame"] == b["start_frame"] and a["end_s"] == b["start_s"]
for shot in shots:
    assert abs(shot["start_s"] - shot["start_frame"] * 1001 / 24000) < 0.001, shot
shot_of = {shot["id"]: shot for shot in shots}
person_of = {person["id"]: person for person in d["people"]}
assert tracks and person_of
for track in tracks:
    frames = [head["frame"] for head in track["heads"]]
    assert frames == list(range(track["start_frame"], track["end_frame"])), "one head for each frame"
    shot = shot_of[track["shot"]]
    assert shot["start_frame"] <= frames[0] and frames[-1] < shot["end_frame"], "no track crosses a cut"
    assert all(head["box"][2] > 0 and head["box"][3] > 0 for head in track["heads"])
    assert track["person"] is None or track["id"] in person_of[track["person"]]["tracks"]
    if track["best_face"]:
        assert 0 <= track["best_face"]["quality"] <= 100 and track["best_face"]["frame"] in frames
for person in d["people"]:
    assert person["name"] is None and person["screen_time_s"] > 0
    assert all(track["person"] == person["id"] for track in tracks if track["id"] in person["tracks"])
END
