// How the views of a lane's cameras are told: a table for people, JSON for programs. Pure.
#pragma once

#include <string>
#include <vector>

#include "drivers/reader/judge.hpp"

namespace ctl {

struct JudgedCamera {
  std::string name;
  int width = 0, height = 0;  // of the whole picture
  core::Region region{};
  reader::Judged view{};
};

/// A column a camera, then a line of advice for each shortcoming. What falls short is marked.
[[nodiscard]] std::string judged_table(const std::string& lane, const std::vector<JudgedCamera>& cameras);

/// One JSON object on one line: {"lane", "camera", "width", "height", "region": [x, y, width, height],
/// "read": [{"kind", "text", "confidence", "sure"}], "capitals", "tilt", "pitch", "contrast", "edge",
/// "burnt", "black", "milliseconds", "verdict", "shortcomings": [{"figure", "grade", "advice"}]}. Figures of
/// lettering are null where there is none, and "pitch" also where it stands upright.
[[nodiscard]] std::string judged_json(const std::string& lane, const JudgedCamera& camera);

}  // namespace ctl
