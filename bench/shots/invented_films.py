"""Difficult films whose cuts are known, for compare_scenedetect.py.

Pieces of labelled clips and photographs, as raw frames of one size and rate, put together with what
misleads shot detectors: at places drawn by a fixed seed, so that every run makes the same films.
"""

import pathlib
import random
import subprocess

import numpy as np

RATE, WIDTH, HEIGHT = 25, 640, 360


def ffmpeg(*words, given=None):
    return subprocess.run(
        ["ffmpeg", "-v", "error", "-nostdin" if given is None else "-y", *map(str, words)],
        input=given,
        check=True,
        stdout=subprocess.PIPE,
    ).stdout


def piece(clip, first, frames, look="null"):
    """Frames of a clip from `first` on; `look` is a filter that changes how they look."""
    shape = f"scale={WIDTH}:{HEIGHT}:force_original_aspect_ratio=increase,crop={WIDTH}:{HEIGHT},setsar=1"
    raw = ffmpeg(
        *("-noautorotate", "-i", clip),
        *("-vf", f"trim=start_frame={first}:end_frame={first + frames},{shape},{look}"),
        *("-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"),
    )
    size = WIDTH * HEIGHT * 3
    return [raw[i : i + size] for i in range(0, len(raw), size)]


def mix(a, b, share):
    x, y = (np.frombuffer(frame, np.uint8).astype(np.float32) for frame in (a, b))
    return np.clip(x * (1 - share) + y * share, 0, 255).astype(np.uint8).tobytes()


def wiped(a, b, share):
    x, y = (np.frombuffer(frame, np.uint8).reshape(HEIGHT, WIDTH, 3) for frame in (a, b))
    edge = int(WIDTH * share)
    return np.concatenate([y[:, :edge], x[:, edge:]], axis=1).tobytes()


def lit(frame, gain, offset=0.0):
    x = np.frombuffer(frame, np.uint8).astype(np.float32)
    return np.clip(x * gain + offset, 0, 255).astype(np.uint8).tobytes()


class InventedFilm:
    def __init__(self, seed, stretches, photos):
        self.draw = random.Random(seed)
        self.stretches, self.photos = stretches, photos
        self.look = ["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p"]
        self.frames, self.cuts, self.gradual = [], [], []
        self.last = None

    def shot(self, frames, look="null"):
        """A piece of a shot, never twice running from the same clip."""
        others = [s for s in self.stretches if s[0] != self.last and s[2] - s[1] >= frames]
        clip, start, end = self.draw.choice(others)
        self.last = clip
        return piece(clip, self.draw.randint(start, end - frames), frames, look)

    def cut_to(self, frames):
        if self.frames:
            self.cuts.append(len(self.frames))
        self.frames += frames

    def gradually_to(self, frames, length, step):
        """step(old, new, share) makes the frames of the transition."""
        start = len(self.frames) - length
        for i in range(length):
            self.frames[start + i] = step(self.frames[start + i], frames[i], (i + 1) / (length + 1))
        self.gradual.append((start, start + length))
        self.frames += frames[length:]

    def write(self, path, crf=23, rate=RATE):
        ffmpeg(
            *("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", rate, "-i", "-"),
            *(*self.look, "-crf", crf, path),
            given=b"".join(self.frames),
        )


def plain_cuts(film):
    for _ in range(12):
        film.cut_to(film.shot(film.draw.randint(12, 50)))


def dark_cuts(film):
    """Night: everything at a fifth of its light, with noise."""
    for _ in range(12):
        film.cut_to(film.shot(film.draw.randint(15, 45), "colorlevels=romax=0.2:gomax=0.2:bomax=0.2,noise=alls=6:allf=t"))


def graded_alike(film):
    """Every shot in the same faded grey: cuts without a change of colour or mean brightness."""
    for _ in range(12):
        film.cut_to(film.shot(film.draw.randint(15, 45), "hue=s=0,normalize=smoothing=0,eq=contrast=0.5"))


def flashes(film):
    """Photographers' flashes of one to three frames inside shots."""
    for _ in range(8):
        frames = film.shot(45)
        for _ in range(2):
            at = film.draw.randint(8, 36)
            for i in range(film.draw.randint(1, 3)):
                frames[at + i] = lit(frames[at + i], 1.2, film.draw.choice([90, 140, 200]))
        film.cut_to(frames)


def light_switched(film):
    """The light changes at once within a shot: a third to three times, up or down."""
    for _ in range(8):
        frames = film.shot(45)
        at, gain = film.draw.randint(12, 33), film.draw.choice([0.35, 0.5, 1.8, 2.5])
        film.cut_to(frames[:at] + [lit(frame, gain) for frame in frames[at:]])


def flicker(film):
    for _ in range(8):
        film.cut_to([lit(f, film.draw.uniform(0.75, 1.25)) for f in film.shot(40)])


def whip_pans(film):
    """A window that sweeps over an enlarged shot, 2 to 9 hundredths of the picture a frame."""
    for _ in range(8):
        speed = film.draw.choice([0.02, 0.04, 0.06, 0.09])
        sweep = f"scale={WIDTH * 3}:-2,crop={WIDTH}:{HEIGHT}:x='min(iw-ow\\,n*{speed * WIDTH:.1f})':y=ih/3"
        film.cut_to(film.shot(30, sweep))


def dissolves(film):
    film.cut_to(film.shot(50))
    for length in (4, 6, 10, 15, 25, 10, 20, 8):
        film.gradually_to(film.shot(50), length, mix)
        film.cut_to(film.shot(50))


def wipes(film):
    film.cut_to(film.shot(50))
    for length in (8, 12, 18, 25, 10):
        film.gradually_to(film.shot(50), length, wiped)
        film.cut_to(film.shot(50))


def fades(film):
    for length in (6, 10, 20, 12, 8):
        frames = film.shot(60)
        for i in range(length):
            frames[i] = lit(frames[i], i / length)
            frames[-1 - i] = lit(frames[-1 - i], i / length)
        if film.frames:
            film.gradual.append((len(film.frames) - length, len(film.frames) + length))
        film.frames += frames


def shaken_noise(film):
    """A hand-held camera on fast, grainy film."""
    for _ in range(8):
        shake = "noise=alls=40:allf=t,rotate=0.02*sin(n*2.1),crop=iw*0.9:ih*0.9:x='(iw-ow)/2*(1+sin(n*1.7))':y='(ih-oh)/2*(1+cos(n*1.3))',"
        film.cut_to(film.shot(40, shake + f"scale={WIDTH}:{HEIGHT}"))


def few_frames(film):
    """A slide show's cousin: every third frame only, so that within a shot much moves at once."""
    for _ in range(8):
        film.cut_to(film.shot(90)[::3])


def quick_shots(film):
    """Bursts of shots of 6 to 12 frames."""
    for _ in range(24):
        film.cut_to(film.shot(film.draw.randint(6, 12)))


def same_scene(film):
    """From a wide view to a closer one of the same shot: what a cut on action looks like."""
    for _ in range(10):
        frames, closer = film.draw.randint(18, 40), f"crop=iw*0.45:ih*0.45:x=iw*{film.draw.uniform(0.1, 0.5):.2f},scale={WIDTH}:{HEIGHT}"
        clip, start, end = film.draw.choice([s for s in film.stretches if s[2] - s[1] >= 2 * frames])
        at = film.draw.randint(start, end - 2 * frames)
        film.cut_to(piece(clip, at, frames))
        film.cut_to(piece(clip, at + frames, frames, closer))


def blended_cuts(film):
    """One frame at each cut is a mix of both sides, as frame-rate conversion leaves it."""
    for _ in range(12):
        film.cut_to(film.shot(film.draw.randint(15, 45)))
    for cut in film.cuts:
        film.frames[cut] = mix(film.frames[cut - 1], film.frames[cut], film.draw.uniform(0.3, 0.7))


def rate_converted(film):
    """From 25 to 30 frames a second by mixing: every frame a mix of two, at the cuts as well."""
    for _ in range(12):
        film.cut_to(film.shot(film.draw.randint(15, 45)))
    slow, times = film.frames, [i * 5 / 6 for i in range(len(film.frames) * 6 // 5 - 2)]
    film.frames = [mix(slow[int(t)], slow[int(t) + 1], t - int(t)) for t in times]
    film.cuts = [round(cut * 6 / 5) for cut in film.cuts]


def repeated_frames(film):
    """Drawn films: every picture is shown twice, or thrice."""
    for _ in range(10):
        times = film.draw.choice([2, 2, 3])
        film.cut_to([frame for frame in film.shot(film.draw.randint(9, 20)) for _ in range(times)])


def passed_before_lens(film):
    """Something large and soft crosses the picture, or comes up and goes, in 6 to 12 frames."""
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    for _ in range(8):
        frames, length = film.shot(50), film.draw.randint(6, 12)
        at, way = film.draw.randint(12, 25), film.draw.choice([-1, 1])
        colour = np.array(film.draw.choice([(25, 20, 18), (190, 130, 105), (230, 225, 220)]))
        rises = film.draw.random() < 0.5
        for i in range(length):
            share = (i + 1) / (length + 1)
            middle = (0, 1.6 - 3.2 * share * (1 - share) * 2) if rises else (way * (2 * share - 1) * 2, 0)
            far = np.hypot((columns / WIDTH * 2 - 1 - middle[0]) / 1.3, (rows / HEIGHT * 2 - 1 - middle[1]) / 1.5)
            cover = np.clip((1.0 - far) / 0.15, 0, 1)[..., None]
            picture = np.frombuffer(frames[at + i], np.uint8).reshape(HEIGHT, WIDTH, 3)
            frames[at + i] = (picture * (1 - cover) + colour * cover).astype(np.uint8).tobytes()
        film.cut_to(frames)


def crash_zooms(film):
    """From the whole picture to a third of it in 8 to 20 frames."""
    for _ in range(8):
        length = film.draw.randint(8, 20)
        size = f"1+2*clip((on-10)/{length}\\,0\\,1)"
        film.cut_to(film.shot(40, f"scale={2 * WIDTH}:-2,zoompan=z='{size}':x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2':d=1:s={WIDTH}x{HEIGHT}"))


def photographs(film):
    """A documentary's stills under a camera that moves slowly in or across."""
    shape = f"scale={2 * WIDTH}:{2 * HEIGHT}:force_original_aspect_ratio=increase,crop={2 * WIDTH}:{2 * HEIGHT},setsar=1"
    for _ in range(12):
        frames, photo = film.draw.randint(20, 50), film.draw.choice(film.photos)
        move = film.draw.choice(["z='1+on*0.004':x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2'", "z=1.3:x='on*3':y='ih*0.1'"])
        film.cut_to(piece(photo, 0, frames, f"{shape},zoompan={move}:d={frames}:s={WIDTH}x{HEIGHT}"))


def lightning(film):
    """Light that comes up in two frames and dies away in six, over and over."""
    for _ in range(8):
        frames = film.shot(45)
        for at in (film.draw.randint(8, 14), film.draw.randint(26, 34)):
            for i, gain in enumerate([1.6, 3, 2.6, 2.1, 1.7, 1.4, 1.2, 1.1]):
                frames[at + i] = lit(frames[at + i], gain, 25 * (gain - 1))
        film.cut_to(frames)


def strobe(film):
    """Dark and bright by turns, one to three frames each, for most of a second."""
    for _ in range(8):
        frames, at, bright = film.shot(45), film.draw.randint(8, 15), False
        while at < 34:
            length = film.draw.randint(1, 3)
            for i in range(at, at + length):
                frames[i] = lit(frames[i], 1.8 if bright else 0.25)
            at, bright = at + length, not bright
        film.cut_to(frames)


def ten_bits(film):
    """Ten bits a channel, in HEVC."""
    film.look = ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none", "-pix_fmt", "yuv420p10le"]
    for _ in range(12):
        film.cut_to(film.shot(film.draw.randint(12, 50)))


def fades_and_cuts(film):
    """Fades of one side only: out and a cut from black, then a cut to black and in."""
    for _ in range(4):
        out, into, after = film.shot(50), film.shot(50), film.shot(30)
        length, black = film.draw.randint(8, 20), film.draw.randint(3, 8)
        blank = [bytes(len(out[0]))] * black
        film.cut_to([*out[:-length], *(lit(frame, 1 - (i + 1) / length) for i, frame in enumerate(out[-length:]))])
        film.gradual.append((len(film.frames) - length, len(film.frames) + black))
        film.frames += blank + after
        film.gradual.append((len(film.frames), len(film.frames) + black + length))
        film.frames += blank + [lit(frame, (i + 1) / length) for i, frame in enumerate(into[:length])] + into[length:]


INVENTIONS = [plain_cuts, dark_cuts, graded_alike, flashes, light_switched, flicker, whip_pans, dissolves]
INVENTIONS += [wipes, fades, shaken_noise, few_frames, quick_shots, same_scene, blended_cuts, rate_converted]
INVENTIONS += [repeated_frames, passed_before_lens, crash_zooms, photographs, lightning, strobe, ten_bits, fades_and_cuts]


def clean_stretches(data, labels):
    """(clip, first, end) of shots between labelled cuts, a few frames inside them; not from clips
    that hold gradual transitions or things that change like cuts."""
    leave_out = ("audrey", "hyland_x", "basketball", "face_noface", "one_by_one")
    stretches = []
    for file, (cuts, frames) in labels.items():
        if cuts is None or any(word in file for word in leave_out):
            continue
        edges = [0, *cuts, frames]
        stretches += [(str(data / file), a + 3, b - 3) for a, b in zip(edges, edges[1:]) if b - a > 20]
    return stretches


def invent(kind, seed, stretches, photos):
    film = InventedFilm(1000 * INVENTIONS.index(kind) + seed, stretches, photos)
    kind(film)
    return film
