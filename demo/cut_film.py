"""Cuts the demonstration film from its parts, and writes its truth beside it.

Usage: python3 cut_film.py PARTS FILM.mp4 [--height 720] [--bitrate 2500k]
FILM.truth.json says for each shot its frames and who is where; score.py reads it.

Each shot is made alone, without loss, with exactly the frames of the edit list; then all are joined
and encoded once, with a tone whose pitch rises from shot to shot.
"""

import argparse
import json
import pathlib
import subprocess
import tempfile

import edit_list
from edit_list import FRAME_RATE

RATE = "%d/%d" % FRAME_RATE


def ffmpeg(*arguments):
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-y", *map(str, arguments)], check=True)


def place_size(part, height):
    width = height * 16 // 9
    return (width if part.place == "full" else width // 2), height


def framing(part, width, height):
    """Filters that bring one source to its place: square pixels, cut, its look, fitted."""
    filters = ["scale=trunc(iw*sar/2)*2:ih", "setsar=1"]
    if part.cut:
        x, y, w, h = part.cut
        filters.append(f"crop={w}:{h}:{x}:{y}")
    if part.look:
        filters.append(part.look)
    if part.fit == "cover":
        filters += [f"scale={width}:{height}:force_original_aspect_ratio=increase:flags=bicubic",
                    f"crop={width}:{height}"]
    else:
        inner = f"{int(width * part.share)}:{int(height * part.share)}"
        filters += [f"scale={inner}:force_original_aspect_ratio=decrease:flags=bicubic",
                    f"pad={width}:{height}:(ow-iw)/2:(oh-ih)/2"]
    return filters + ["setsar=1"]


def part_filters(part, frames, height):
    """A zoom works on a picture twice as large, so that its steps are smaller than a pixel."""
    width, height = place_size(part, height)
    if part.zoom == 1:
        return framing(part, width, height) + [f"fps={RATE}", f"trim=end_frame={frames}"]
    zoom = f"1+{part.zoom - 1}*on/{frames}"
    return framing(part, 2 * width, 2 * height) + [
        f"zoompan=z='{zoom}':x='(iw-iw/zoom)/2':y='(ih-ih/zoom)/2':d=1:s={width}x{height}:fps={RATE}",
        f"trim=end_frame={frames}"]


def fades(shot):
    filters = []
    if shot.fade_in:
        filters.append(f"fade=in:0:{shot.fade_in}")
    if shot.fade_out:
        filters.append(f"fade=out:{shot.frames - shot.fade_out}:{shot.fade_out}")
    return filters


def cut_shot(shot, parts_folder, height, path):
    inputs, chains = [], []
    for i, part in enumerate(shot.parts):
        is_photograph = not part.in_s
        inputs += (["-loop", 1, "-framerate", RATE] if is_photograph else ["-ss", part.in_s])
        inputs += ["-i", parts_folder / part.source]
        chains.append(f"[{i}:v]" + ",".join(part_filters(part, shot.frames, height)) + f"[p{i}]")
    joined = "".join(f"[p{i}]" for i in range(len(shot.parts)))
    side_by_side = f"hstack={len(shot.parts)}" if len(shot.parts) > 1 else "null"
    chains.append(joined + ",".join([side_by_side, *fades(shot), "format=yuv420p"]) + "[out]")
    ffmpeg(*inputs, "-filter_complex", ";".join(chains), "-map", "[out]", "-frames:v", shot.frames,
           "-r", RATE, "-c:v", "libx264", "-preset", "ultrafast", "-qp", 0, path)


def tone(shots):
    """A quiet tone, 20 Hz higher with each shot."""
    starts = [shot.start_frame * FRAME_RATE[1] / FRAME_RATE[0] for shot in shots[1:]]
    steps = "+".join(f"gte(t,{start:.6f})" for start in starts)
    seconds = shots[-1].end_frame * FRAME_RATE[1] / FRAME_RATE[0]
    return f"aevalsrc='0.05*sin(2*PI*t*(220+20*({steps})))':d={seconds:.6f}:s=48000"


def join(shot_files, shots, list_file, film, bitrate):
    list_file.write_text("".join(f"file '{path}'\n" for path in shot_files))
    ffmpeg("-f", "concat", "-safe", 0, "-i", list_file, "-f", "lavfi", "-i", tone(shots),
           "-map", "0:v", "-map", "1:a", "-r", RATE, "-c:v", "libx264", "-preset", "veryfast",
           "-b:v", bitrate, "-c:a", "aac", "-b:a", "64k", "-movflags", "+faststart", film)


def truth_of(shots):
    return {"frame_rate": RATE, "frames": shots[-1].end_frame, "shots": [{
        "start_frame": shot.start_frame, "end_frame": shot.end_frame,
        "fade_in": shot.fade_in, "fade_out": shot.fade_out,
        "people": [{"name": p.name, "x": p.x, "y": p.y} for p in shot.people]} for shot in shots]}


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("parts", type=pathlib.Path)
    arguments.add_argument("film", type=pathlib.Path)
    arguments.add_argument("--height", type=int, default=720)
    arguments.add_argument("--bitrate", default="2500k")
    options = arguments.parse_args()

    shots = edit_list.read_edit_list()
    options.film.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=options.film.parent) as folder:
        folder = pathlib.Path(folder).resolve()
        files = [folder / f"{shot.number:02}.mp4" for shot in shots]
        for shot, path in zip(shots, files):
            cut_shot(shot, options.parts, options.height, path)
        unfinished = folder / options.film.name
        join(files, shots, folder / "list.txt", unfinished, options.bitrate)
        truth = options.film.with_suffix(".truth.json")
        truth.write_text(json.dumps(truth_of(shots), indent=1) + "\n")
        unfinished.replace(options.film)


if __name__ == "__main__":
    main()
