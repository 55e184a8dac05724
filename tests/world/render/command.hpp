// `gateworld render`: pictures with their truth, in bulk.
#pragma once

namespace world {

/// render --out DIR [--kind scenes|patches|trucks] [--count N] [--seed S] [--fonts demo|training|held_out]
///
/// scenes, patches: DIR/pictures.bin holds JPEG files one after the other; DIR/truth.jsonl has a line for
/// each:
///   {"offset", "bytes", "width", "height", "marks": [{"kind", "text", "vertical", "corners": [8 numbers],
///   "centres": [2 a letter]}]}, coordinates in pixels, corners clockwise from the first letter's left top.
/// trucks: DIR/NNNNN.jpg as simulated cameras give them, four of each truck, DIR/containers.csv and
/// DIR/plates.csv with their labels. Returns a process exit code; complaints go to standard error.
int render_command(int argc, char** argv);

}  // namespace world
