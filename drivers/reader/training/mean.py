#!/usr/bin/python3
"""Makes one reader of several: the mean of their weights.

usage: mean.py OUT.onnx RUN.state RUN.state...

RUN.state is what train.py leaves beside a reader; named twice it counts twice. The runs must have begun with the
same weights and gone on from there: what has learned apart from the first step has no mean that reads.
"""
import pathlib
import sys

import torch

from nets import Recogniser, export


def mean(states):
    weights = [torch.load(state)["average"] for state in states]
    one = Recogniser()
    one.load_state_dict({name: sum(w[name] for w in weights) / len(weights) if value.dtype.is_floating_point else value
                         for name, value in weights[0].items()})
    return one


if len(sys.argv) < 4:
    sys.exit(__doc__)
export(mean(sys.argv[2:]), pathlib.Path(sys.argv[1]), (1, 2, 32, 192), {3: "width"})
