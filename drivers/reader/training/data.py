"""Rendered pictures with their truth, cut into what the nets learn from."""
import json
import os
import pathlib
import random
import shutil
import subprocess

import cv2
import numpy as np

from nets import ALPHABET, COLUMN, STRIDE, STRIP_HEIGHT

WIDTHS = list(range(48, 433, 32))  # of strips
VERTICAL_SQUEEZE = 0.45  # a vertical line's strip is made shorter: one glyph below the other takes more room
BLANK, UNKNOWN = 0, -100
RARE, TIMES = set("[\\]"), 8  # a line with one of these letters is cut so often, each time another way
SMALLEST, FAINTEST = 7, 7  # cap height in pixels, deviation in grey levels: below that nobody reads, nobody learns


class Shards:
    """Folders of rendered pictures; rendered when asked for, once."""

    def __init__(self, renderer, folder, kind, count, fonts, first_seed):
        self.renderer, self.folder, self.kind = renderer, pathlib.Path(folder), kind
        self.count, self.fonts, self.first_seed = count, fonts, first_seed

    def pictures(self, number):
        """Yields (grey picture, marks) of one shard."""
        folder = self.folder / f"{self.kind}-{number:02d}"
        if not folder.exists():
            partial = folder.with_suffix(f".{os.getpid()}")  # two runs may share the folder
            subprocess.run([self.renderer, "render", "--out", str(partial), "--kind", self.kind.split("-")[0], "--count",
                            str(self.count), "--seed", str(self.first_seed + number), "--fonts", self.fonts], check=True)
            if folder.exists():
                shutil.rmtree(partial)
            else:
                partial.rename(folder)
        packed = (folder / "pictures.bin").read_bytes()
        rows = [json.loads(line) for line in open(folder / "truth.jsonl")]
        random.shuffle(rows)
        for row in rows:
            part = np.frombuffer(packed, np.uint8, row["bytes"], row["offset"])
            picture = cv2.imdecode(part, cv2.IMREAD_GRAYSCALE)
            for mark in row["marks"]:
                mark["corners"] = np.array(mark["corners"], np.float32).reshape(4, 2)
                mark["centres"] = np.array(mark["centres"], np.float32).reshape(-1, 2)
            yield picture, row["marks"]


def axes(mark):
    """Middle, unit vector along the line, unit vector across it, length and height of the box round it."""
    tl, tr, br, bl = mark["corners"]
    if mark["vertical"]:
        start, end, across = (tl + tr) / 2, (bl + br) / 2, ((tl + bl) - (tr + br)) / 2
    else:
        start, end, across = (tl + bl) / 2, (tr + br) / 2, ((bl + br) - (tl + tr)) / 2
    length = float(np.linalg.norm(end - start))
    along = (end - start) / max(length, 1e-3)
    normal = np.array([-along[1], along[0]], np.float32)
    return (start + end) / 2, along, normal, length, abs(float(across @ normal))


def joined(marks):
    """A detector may find the parts of one line apart or together; so learn both."""
    out = []
    for mark in marks:
        if out and random.random() < 0.4 and mark["kind"] == "code" and out[-1]["kind"] == "code" \
                and mark["vertical"] == out[-1]["vertical"]:
            middle, along, normal, length, height = axes(out[-1])
            other = axes(mark)
            gap = (other[0] - middle) @ along - (length + other[3]) / 2
            if abs((other[0] - middle) @ normal) < 0.35 * height and 0 < gap < 2.5 * height:
                last = dict(out[-1])
                far = (2, 3) if mark["vertical"] else (1, 2)
                last["corners"] = last["corners"].copy()
                for corner in far:
                    last["corners"][corner] = mark["corners"][corner]
                last["text"] += mark["text"]
                last["centres"] = np.concatenate([last["centres"], mark["centres"]])
                out[-1] = last
                continue
        out.append(mark)
    return out


def cut(picture, mark, jitter=True):
    """The strip of one line: grey STRIP_HEIGHT x W, and the column (a float) of each letter. None: unfit."""
    middle, along, normal, length, height = axes(mark)
    if height < SMALLEST or length < 4:
        return None
    r = random.uniform if jitter else (lambda a, b: (a + b) / 2)
    above, below, before, after = (r(0.08, 0.42), r(0.08, 0.42), r(0.1, 0.6), r(0.1, 0.6))
    if random.random() < 0.12 and jitter and len(mark["text"]) > 4:  # cut off in the middle of things
        before, after = r(-0.8, 0.3), r(-0.8, 0.3)
    tilt = r(-0.05, 0.05)
    along = along + normal * tilt
    along /= np.linalg.norm(along)
    normal = np.array([-along[1], along[0]], np.float32)
    tall, wide = height * (1 + above + below), length + height * (before + after)
    corner = middle - along * (length / 2 + height * before) - normal * (height / 2 + height * above)
    natural = STRIP_HEIGHT * wide / tall * (VERTICAL_SQUEEZE if mark["vertical"] else 1) * r(0.88, 1.14)
    if natural > WIDTHS[-1] + 60 or natural < 16:
        return None
    width = min(WIDTHS, key=lambda w: abs(w - natural))
    sx, sy = wide / width, tall / STRIP_HEIGHT
    inverse = np.array([[along[0] * sx, normal[0] * sy, corner[0]], [along[1] * sx, normal[1] * sy, corner[1]]], np.float32)
    strip = cv2.warpAffine(picture, inverse, (width, STRIP_HEIGHT), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
                           borderMode=cv2.BORDER_REPLICATE)
    if strip.std() < FAINTEST:
        return None
    columns = (mark["centres"] - corner) @ along / sx / COLUMN - 0.5
    seen = (columns > 0.5) & (columns < width / COLUMN - 1.5)
    if seen.sum() < 1 or 2 * seen.sum() > width / COLUMN - 2:
        return None
    text = "".join(c for c, s in zip(mark["text"], seen) if s)
    return strip, text, columns[seen]


def spoiled(strip):
    """What cameras, cables and door rods do to a strip, so that one picture serves several times."""
    r, chance = random.uniform, lambda share: random.random() < share
    if chance(0.2):
        strip = cv2.GaussianBlur(strip, None, r(0.5, 1.3))
    if chance(0.15):
        small = cv2.resize(strip, None, fx=r(0.4, 0.8), fy=r(0.4, 0.8), interpolation=cv2.INTER_AREA)
        strip = cv2.resize(small, strip.shape[::-1], interpolation=cv2.INTER_LINEAR)
    if chance(0.12):
        strip = strip.copy()
        for _ in range(random.randint(1, 2)):
            left, wide = random.randrange(strip.shape[1]), random.randint(1, 5)
            strip[:, left:left + wide] = random.randint(0, 255)
    if chance(0.2):
        strip = (255 * (strip / 255.0) ** r(0.5, 1.8)).astype(np.uint8)
    if chance(0.25):
        noise = np.random.normal(0, r(2, 14), strip.shape)
        strip = np.clip(strip + noise, 0, 255).astype(np.uint8)
    return 255 - strip if chance(0.1) else strip


def standardised(grey):
    grey = grey.astype(np.float32)
    return (grey - grey.mean()) / (grey.std() + 4)


def column_labels(text, columns, count):
    """For each column the letter that stands there, BLANK in the gaps, UNKNOWN where either would do."""
    labels = np.full(count, BLANK, np.int64)
    order = np.arange(count)
    pitch = np.median(np.diff(columns)) if len(columns) > 1 else 7.0
    pitch = float(np.clip(pitch, 3, 30))
    for letter, column in zip(text, columns):
        labels[np.abs(order - column) < 0.44 * pitch] = UNKNOWN
    for letter, column in zip(text, columns):
        labels[np.abs(order - column) < max(0.6, 0.2 * pitch)] = ALPHABET.index(letter) + 1
    return labels


def strips(shards, first, jitter=True):
    """Endless strips, a shard after the other: (strip, vertical, text, columns)."""
    number = first
    while True:
        for picture, marks in shards.pictures(number % shards.total):
            for mark in (joined(marks) if jitter else marks):
                if mark["kind"] == "other" and (random.random() < 0.5 or len(mark["text"]) > 24):
                    continue
                for _ in range(TIMES if jitter and RARE & set(mark["text"]) else 1):
                    made = cut(picture, mark, jitter)
                    if made:
                        strip, text, columns = made
                        yield spoiled(strip) if jitter else strip, mark["vertical"], text, columns
        number += 1


def mixed(streams, weights):
    while True:
        yield next(random.choices(streams, weights)[0])


def strip_batches(stream, pixels=3400):
    """Batches of strips of one width: planes, texts, column labels."""
    bins = {width: [] for width in WIDTHS}
    for one in stream:
        width = one[0].shape[1]
        bins[width].append(one)
        if len(bins[width]) * width < pixels:
            continue
        chosen, bins[width] = bins[width], []
        planes = np.zeros((len(chosen), 2, STRIP_HEIGHT, width), np.float32)
        for i, (strip, vertical, _, _) in enumerate(chosen):
            planes[i, 0] = standardised(strip)
            planes[i, 1] = 1 if vertical else 0
        labels = np.stack([column_labels(text, columns, width // COLUMN) for _, _, text, columns in chosen])
        yield planes, [text for _, _, text, _ in chosen], labels


def maps_of(marks, side):
    """Truth of a side x side crop: three maps of the shrunk lines, and where to look."""
    cells = side // STRIDE
    maps, weight = np.zeros((3, cells, cells), np.float32), np.ones((cells, cells), np.float32)

    def fill(target, mark, shrink, value):
        middle, along, normal, length, height = axes(mark)
        half = along * max(length / 2 - shrink * height, 0.8), normal * max(height * (0.5 - shrink), 0.8)
        corners = [middle - half[0] - half[1], middle + half[0] - half[1], middle + half[0] + half[1], middle - half[0] + half[1]]
        points = ((np.array(corners) - STRIDE / 2) / STRIDE * 16).round().astype(np.int32)
        cv2.fillConvexPoly(target, points, value, cv2.LINE_8, 4)

    for mark in marks:
        height = axes(mark)[4]
        if height < 6 or height > 110:
            fill(weight, mark, -0.2, 0)
            continue
        fill(weight, mark, 0, 0.3)  # the rim is nobody's
        fill(weight, mark, 0.25, 1)
        fill(maps[1 if mark["vertical"] else 0], mark, 0.25, 1)
        if mark["kind"] == "plate":
            fill(maps[2], mark, 0.25, 1)
    return maps, weight


def crop(picture, marks, side):
    """A random side x side part at a random scale, its letters mostly 8 to 40 pixels high."""
    chosen = None
    if marks and random.random() < 0.9:
        chosen = random.choices(marks, [1 if mark["kind"] == "other" else 4 for mark in marks])[0]
    scale = random.uniform(0.5, 1.5)
    if chosen is not None:
        height = max(axes(chosen)[4], 3)
        scale = min(2.5, max(0.3, float(np.exp(random.uniform(np.log(8), np.log(38)))) / height))
    middle = axes(chosen)[0] if chosen is not None else np.array([random.uniform(0, picture.shape[1]), random.uniform(0, picture.shape[0])])
    offset = middle * scale - side / 2 + np.array([random.uniform(-0.4, 0.4), random.uniform(-0.4, 0.4)]) * side
    matrix = np.array([[scale, 0, -offset[0]], [0, scale, -offset[1]]], np.float32)
    flags = cv2.INTER_AREA if scale < 0.7 else cv2.INTER_LINEAR
    part = cv2.warpAffine(picture, matrix, (side, side), flags=flags, borderMode=cv2.BORDER_CONSTANT, borderValue=int(picture.mean()))
    moved = [dict(mark, corners=mark["corners"] * scale - offset.astype(np.float32)) for mark in marks]
    return part, moved


def crop_batches(shards, side, count):
    """Endless batches for the detector: planes, maps, weights."""
    number, batch = 0, []
    while True:
        for picture, marks in shards.pictures(number % shards.total):
            for _ in range(4 if marks else 1):
                part, moved = crop(picture, marks, side)
                if random.random() < 0.1:
                    part = 255 - part
                batch.append((standardised(part), *maps_of(moved, side)))
                if len(batch) == count:
                    random.shuffle(batch)
                    yield tuple(np.stack([b[i] for b in batch]) for i in range(3))
                    batch = []
        number += 1
