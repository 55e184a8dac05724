#!/usr/bin/python3
"""Trains both nets from nothing, on rendered pictures alone, on one thread.

usage: train.py --renderer PROGRAM --data FOLDER --models FOLDER [--net reader|finder] [--minutes 150] [--seed 1]

PROGRAM is gateworld, called as `gateworld render --out DIR --kind scenes|patches --count N --seed S --fonts F`;
`from_nothing` beside this file installs, builds and calls all that. The nets take turns, so that there is
always a usable pair of models; both are written anew every few minutes. --net trains one alone: two runs on
two cores. Time is processor time of the two nets together, two thirds of it the reader's.
"""
import argparse
import pathlib
import random
import time

import numpy as np
import torch
from torch.nn import functional as F

import data
from nets import ALPHABET, Average, Detector, Recogniser, export, parameters


def command():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--renderer", required=True)
    p.add_argument("--data", required=True, type=pathlib.Path)
    p.add_argument("--models", required=True, type=pathlib.Path)
    p.add_argument("--net", choices=["reader", "finder"])
    p.add_argument("--minutes", type=float, default=150)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--turn", type=float, default=60, help="seconds of the detector's turn; the recogniser's is longer by its share")
    return p.parse_args()


class Trainer:
    """One net, its optimiser and its share of the time."""

    def __init__(self, net, batches, loss, budget, rate, file, shape, free_axes):
        net = net.to(memory_format=torch.channels_last)  # a seventh faster on a processor
        self.net, self.batches, self.loss, self.budget, self.rate = net, batches, loss, budget, rate
        self.file, self.shape, self.free_axes = file, shape, free_axes
        self.average = Average(net)
        self.optimiser = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=1e-3)
        self.spent, self.steps, self.recent = 0.0, 0, []

    def turn(self, seconds):
        self.net.train()
        begin = time.process_time()
        while time.process_time() - begin < seconds:
            part = min(1.0, (self.spent + time.process_time() - begin) / self.budget)
            warm = min(1.0, (self.steps + 1) / 100)
            for group in self.optimiser.param_groups:
                group["lr"] = self.rate * warm * (0.02 + 0.98 * 0.5 * (1 + np.cos(np.pi * part)))
            loss = self.loss(self.net, next(self.batches), part)
            self.optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.net.parameters(), 5.0)
            self.optimiser.step()
            self.average.update(self.net)
            self.steps += 1
            self.recent = (self.recent + [float(loss)])[-200:]
        self.spent += time.process_time() - begin

    def save(self):
        export(self.average.net, self.file, self.shape, self.free_axes)
        torch.save({"net": self.net.state_dict(), "average": self.average.net.state_dict(), "steps": self.steps,
                    "spent": self.spent, "optimiser": self.optimiser.state_dict()}, str(self.file) + ".state")

    def resume(self):
        state = pathlib.Path(str(self.file) + ".state")
        if state.exists():
            saved = torch.load(state)
            self.net.load_state_dict(saved["net"])
            self.average.net.load_state_dict(saved["average"])
            self.optimiser.load_state_dict(saved["optimiser"])
            self.steps, self.spent = saved["steps"], saved["spent"]
            self.average.steps = self.steps


def recogniser_loss(net, batch, part):
    """CTC sits on the plateau of blanks for a long time; the known places of the letters lead off it. So they
    come first and alone, letters and gaps weighing the same; CTC comes in after a tenth of the time."""
    planes, texts, labels = batch
    logits = net(torch.from_numpy(planes).contiguous(memory_format=torch.channels_last))[:, :, 0]  # batch x classes x columns
    logs = F.log_softmax(logits, 1)
    places = torch.from_numpy(labels)
    missed = F.nll_loss(logs, places, ignore_index=data.UNKNOWN, reduction="none")
    loss = missed[places > 0].mean() + 0.5 * missed[places == data.BLANK].mean()
    if part < 0.1:
        return loss
    targets = torch.tensor([ALPHABET.index(c) + 1 for text in texts for c in text])
    lengths = torch.tensor([len(text) for text in texts])
    columns = torch.full((len(texts),), logits.shape[2], dtype=torch.long)
    ctc = F.ctc_loss(logs.permute(2, 0, 1), targets, columns, lengths, blank=0, reduction="mean", zero_infinity=True)
    return loss + min(1.0, (part - 0.1) / 0.2) * ctc


def detector_loss(net, batch, _):
    planes, maps, weights = (torch.from_numpy(b) for b in batch)
    logits = net(planes[:, None])
    weights = weights[:, None].expand_as(maps)
    bce = F.binary_cross_entropy_with_logits(logits, maps, weights, reduction="none")
    inside = (bce * maps).sum() / (maps * weights).sum().clamp(min=1)
    outside = (bce * (1 - maps)).flatten()
    hardest = outside.topk(max(2000, int(3 * maps.sum()))).values.mean()
    p = torch.sigmoid(logits) * weights
    overlap = 1 - 2 * (p * maps).sum((0, 2, 3)) / (p.sum((0, 2, 3)) + (maps * weights).sum((0, 2, 3)) + 1)
    return inside + hardest + 0.3 * outside.mean() + overlap.mean()


def exact(net, held_out, count=400):
    """Share of held-out strips (fonts that training never saw) read exactly, the likeliest class a column."""
    random_state = random.getstate()
    random.seed(5)
    right = 0
    with torch.no_grad():
        for strip, vertical, text, _ in (next(held_out) for _ in range(count)):
            planes = np.stack([data.standardised(strip), np.full(strip.shape, float(vertical), np.float32)])
            best = net(torch.from_numpy(planes)[None])[0, :, 0].argmax(0).tolist()
            letters = [c for i, c in enumerate(best) if c and (i == 0 or best[i - 1] != c)]
            right += "".join(ALPHABET[c - 1] for c in letters) == text
    random.setstate(random_state)
    return right / count


def shards(options, kind, count, total, fonts, first_seed):
    one = data.Shards(options.renderer, options.data, kind, count, fonts, first_seed)
    one.total = total
    return one


def main():
    options = command()
    torch.set_num_threads(1)
    data.cv2.setNumThreads(1)
    random.seed(options.seed)
    np.random.seed(options.seed)
    torch.manual_seed(options.seed)
    options.models.mkdir(parents=True, exist_ok=True)
    patches = shards(options, "patches", 2500, 40, "training", 100)
    scenes = shards(options, "scenes", 150, 36, "training", 100)
    unseen = shards(options, "patches-held", 300, 1, "held_out", 900)
    held_out = lambda: data.strips(unseen, 0, jitter=False)
    stream = data.mixed([data.strips(patches, 0), data.strips(scenes, scenes.total // 2)], [0.7, 0.3])
    share = {"reader": options.minutes * 60 * 2 / 3, "finder": options.minutes * 60 / 3}
    reader = Trainer(Recogniser(), data.strip_batches(stream), recogniser_loss, share["reader"], 3e-3,
                     options.models / "line-recogniser.onnx", (1, 2, 32, 192), {3: "width"})
    finder = Trainer(Detector(), data.crop_batches(scenes, 352, 4), detector_loss, share["finder"], 2e-3,
                     options.models / "line-detector.onnx", (1, 1, 544, 960), {2: "height", 3: "width"})
    trainers = {"reader": [reader], "finder": [finder]}.get(options.net, [reader, finder])
    for trainer in trainers:
        trainer.resume()
        print(trainer.file.name, parameters(trainer.net), "parameters", flush=True)
    rounds = 0
    while any(trainer.spent < trainer.budget for trainer in trainers):
        for trainer in trainers:
            if trainer.spent < trainer.budget:
                trainer.turn(min(options.turn * trainer.budget / finder.budget, trainer.budget - trainer.spent + 1))
                print(f"{time.strftime('%H:%M:%S')} {trainer.file.stem} {trainer.spent / 60:.1f} min, {trainer.steps} steps, "
                      f"loss {np.mean(trainer.recent):.4f}", flush=True)
                trainer.save()
        rounds += 1
        if reader in trainers and rounds % 2 == 0:
            print(f"  held-out strips read exactly: {exact(reader.average.net, held_out()):.3f}", flush=True)


main()
