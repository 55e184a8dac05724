"""The two nets of the recogniser and their way into ONNX."""
import copy

import torch
from torch import nn

# Class 0 is the blank, class i + 1 is ALPHABET[i]; the last three are the umlauts, as in DIN 66003.
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]"
STRIP_HEIGHT = 32
COLUMN = 2  # pixels of a strip for one column of the recogniser's answer
STRIDE = 4  # pixels of a picture for one cell of the detector's maps


def conv(inputs, outputs, stride=1, kernel=3, padding=None):
    if padding is None:
        padding = kernel // 2
    return nn.Sequential(nn.Conv2d(inputs, outputs, kernel, stride, padding, bias=False),
                         nn.BatchNorm2d(outputs), nn.ReLU(inplace=True))


class Residual(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first = conv(width, width)
        self.second = nn.Sequential(nn.Conv2d(width, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width))

    def forward(self, x):
        return torch.relu(x + self.second(self.first(x)))


class Detector(nn.Module):
    """1 x H x W standardised grey (multiples of 32) -> 3 x H/4 x W/4 logits: horizontal line, vertical line, plate."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(conv(1, 16, 2), conv(16, 24, 2), Residual(24))
        self.eighth = nn.Sequential(conv(24, 48, 2), Residual(48))
        self.sixteenth = nn.Sequential(conv(48, 72, 2), Residual(72))
        self.last = nn.Sequential(conv(72, 96, 2), conv(96, 96))
        self.sides = nn.ModuleList([nn.Conv2d(w, 32, 1) for w in (24, 48, 72, 96)])
        self.head = nn.Sequential(conv(32, 32), nn.Conv2d(32, 3, 1))
        self.up = nn.Upsample(scale_factor=2, mode="nearest")

    def forward(self, x):
        a = self.stem(x)
        b = self.eighth(a)
        c = self.sixteenth(b)
        d = self.last(c)
        y = self.sides[3](d)
        for side, finer in ((2, c), (1, b), (0, a)):
            y = self.up(y) + self.sides[side](finer)
        return self.head(y)


class Recogniser(nn.Module):
    """2 x 32 x W (standardised grey; a plane of 1 where the line is vertical, else 0) -> 40 x 1 x W/2 logits."""

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(
            conv(2, 16), conv(16, 24, 2), conv(24, 32), conv(32, 48), conv(48, 64, (2, 1)), conv(64, 64),
            conv(64, 96, (2, 1)), conv(96, 96), conv(96, 128, 1, (4, 1), (0, 0)), conv(128, 128, 1, (1, 5), (0, 2)),
            conv(128, 128, 1, (1, 5), (0, 2)))
        self.answer = nn.Conv2d(128, len(ALPHABET) + 1, 1)

    def forward(self, x):
        return self.answer(self.body(x))


class Average:
    """Moving average of a net's weights: what is exported, steadier than the last step."""

    def __init__(self, net, keep=0.997):
        self.net = copy.deepcopy(net).eval()
        self.keep = keep
        self.steps = 0

    def update(self, net):
        self.steps += 1
        keep = min(self.keep, 1 - 1 / (self.steps + 1))
        with torch.no_grad():
            for mine, new in zip(self.net.state_dict().values(), net.state_dict().values()):
                if mine.dtype.is_floating_point:
                    mine.mul_(keep).add_(new, alpha=1 - keep)
                else:
                    mine.copy_(new)


def export(net, path, shape, free_axes):
    """Writes ONNX opset 11; OpenCV 4.6 reads it. The file appears whole or not at all."""
    net = copy.deepcopy(net).eval()
    partial = path.with_suffix(".part")
    torch.onnx.export(net, torch.zeros(shape), str(partial), opset_version=11, input_names=["picture"],
                      output_names=["logits"], dynamic_axes={"picture": free_axes, "logits": free_axes})
    partial.replace(path)


def parameters(net):
    return sum(p.numel() for p in net.parameters())
