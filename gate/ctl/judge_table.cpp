#include "gate/ctl/judge_table.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include <boost/describe/enum_to_string.hpp>
#include <nlohmann/json.hpp>

#include "gate/ctl/harmless.hpp"

namespace ctl {
namespace {

using nlohmann::ordered_json;
using reader::Grade;

const char* name_of(Grade grade) {
  return grade == Grade::nothing ? "nothing to see" : boost::describe::enum_to_string(grade, "?");
}

std::string rounded(double value, int places) {
  const double scale = std::pow(10, places);
  std::string text = std::to_string(std::lround(std::abs(value) * scale));
  if (places > 0) {
    text.insert(0, static_cast<std::size_t>(std::max(0, places + 1 - static_cast<int>(text.size()))), '0');
    text.insert(text.size() - static_cast<std::size_t>(places), ".");
  }
  return (value < 0 && std::lround(std::abs(value) * scale) != 0 ? "-" : "") + text;
}

struct Told {
  std::string kind, text;
  int confidence = 0;
  bool sure = false;
};

/// The likeliest code and the likeliest plate.
std::vector<Told> told(const core::Sighting& sighting) {
  std::vector<Told> all;
  if (!sighting.containers.empty()) {
    const core::ContainerRead& read = sighting.containers[0];
    all.push_back({"container", read.code + (read.size_type.empty() ? "" : " " + read.size_type),
                   read.confidence, read.sure});
  }
  if (!sighting.plates.empty()) {
    const core::PlateRead& read = sighting.plates[0];
    all.push_back(
        {"plate", read.plate + (read.country.empty() ? "" : " " + read.country), read.confidence, read.sure});
  }
  return all;
}

std::string read_text(const core::Sighting& sighting, const std::string& kind) {
  for (const Told& one : told(sighting))
    if (one.kind == kind) return harmless(one.text) + (one.sure ? ", sure" : ", not sure");
  return "-";
}

struct Row {
  std::string name;
  std::string_view figure;  // whose shortcoming marks it; empty: none
  bool lettering = true;    // says nothing without
  std::function<std::string(const JudgedCamera&)> value;
  std::string wanted;
};

std::string region_text(const core::Region& region) {
  if (region == core::Region{}) return "all of it";
  const auto percent = [](double share) { return rounded(share * 100, 0); };
  return percent(region.width) + " x " + percent(region.height) + " % at " + percent(region.x) + ", " +
         percent(region.y);
}

std::vector<Row> rows() {
  using C = const JudgedCamera&;
  return {
      {"picture", "", false, [](C c) { return std::to_string(c.width) + " x " + std::to_string(c.height); },
       ""},
      {"read of it", "", false, [](C c) { return region_text(c.region); }, ""},
      {"container", "", false, [](C c) { return read_text(c.view.sighting, "container"); }, ""},
      {"plate", "", false, [](C c) { return read_text(c.view.sighting, "plate"); }, ""},
      {"capitals", "capitals", true, [](C c) { return rounded(c.view.figures.capitals, 0) + " px"; },
       rounded(reader::capitals_limit.wanted, 0) + " px or more, " +
           rounded(reader::capitals_limit.hopeless, 0) + " at least"},
      {"tilt", "tilt", true, [](C c) { return rounded(c.view.figures.tilt, 0) + " degrees"; },
       rounded(reader::tilt_limit.wanted, 0) + " or less, either way"},
      {"letter to letter", "pitch", true,
       [](C c) {
         return c.view.figures.pitch > 0 ? rounded(c.view.figures.pitch, 2) + " capitals" : "upright";
       },
       rounded(reader::pitch_limit.wanted, 2) + " or more; head-on 0.8 to 1.1"},
      {"contrast", "contrast", true, [](C c) { return rounded(c.view.figures.contrast, 0) + " of 255"; },
       rounded(reader::contrast_limit.wanted, 0) + " or more"},
      {"edges", "edge", true, [](C c) { return rounded(c.view.figures.edge, 1) + " px"; },
       rounded(reader::sharp_limit.wanted, 0) + " px or less, or " + rounded(reader::edge_limit.wanted, 2) +
           " capitals"},
      {"white, black", "light", false,
       [](C c) {
         return rounded(c.view.figures.burnt * 100, 0) + " %, " + rounded(c.view.figures.black * 100, 0) +
                " %";
       },
       rounded(reader::burnt_wanted * 100, 0) + " %, " + rounded(reader::black_wanted * 100, 0) +
           " % or less"},
      {"time to read", "", false, [](C c) { return std::to_string(c.view.sighting.milliseconds) + " ms"; },
       ""},
      {"verdict", "", false, [](C c) { return std::string(name_of(c.view.judgement.verdict)); }, ""},
  };
}

/// "!" falls short, "!!" is hopeless.
std::string cell(const Row& row, const JudgedCamera& camera) {
  if (row.lettering && !camera.view.lettered) return "-";
  std::string text = row.value(camera);
  for (const reader::Shortcoming& one : camera.view.judgement.shortcomings)
    if (one.figure == row.figure) return text + (one.grade == Grade::poor ? " !!" : " !");
  return text;
}

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(text.size(), width), ' ');
  return text;
}

std::string without_end(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

}  // namespace

std::string judged_table(const std::string& lane, const std::vector<JudgedCamera>& cameras) {
  const std::vector<Row> all = rows();
  std::vector<std::vector<std::string>> lines = {{"lane " + lane}};
  for (const JudgedCamera& camera : cameras) lines[0].push_back(camera.name);
  lines[0].emplace_back("wanted");
  for (const Row& row : all) {
    lines.push_back({row.name});
    for (const JudgedCamera& camera : cameras) lines.back().push_back(cell(row, camera));
    lines.back().push_back(row.wanted);
  }
  std::vector<std::size_t> widths(lines[0].size());
  for (const auto& line : lines)
    for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], line[i].size());
  std::string text, advice;
  for (const auto& line : lines) {
    std::string one;
    for (std::size_t i = 0; i < line.size(); ++i) one += padded(line[i], widths[i] + 2);
    text += without_end(one);
  }
  for (const JudgedCamera& camera : cameras)
    for (const reader::Shortcoming& one : camera.view.judgement.shortcomings)
      advice += camera.name + ": " + one.advice + "\n";
  return text + (advice.empty() ? "" : "\n") + advice;
}

std::string judged_json(const std::string& lane, const JudgedCamera& camera) {
  const reader::Judged& view = camera.view;
  const reader::Figures& figures = view.figures;
  const auto number = [](double value, int places, bool known) {
    return known ? ordered_json(std::stod(rounded(value, places))) : ordered_json(nullptr);
  };
  ordered_json reads = ordered_json::array(), shortcomings = ordered_json::array();
  for (const Told& one : told(view.sighting))
    reads.push_back(
        {{"kind", one.kind}, {"text", one.text}, {"confidence", one.confidence}, {"sure", one.sure}});
  for (const reader::Shortcoming& one : view.judgement.shortcomings)
    shortcomings.push_back({{"figure", one.figure}, {"grade", name_of(one.grade)}, {"advice", one.advice}});
  const core::Region& region = camera.region;
  const ordered_json line = {{"lane", lane},
                             {"camera", camera.name},
                             {"width", camera.width},
                             {"height", camera.height},
                             {"region", {region.x, region.y, region.width, region.height}},
                             {"read", std::move(reads)},
                             {"capitals", number(figures.capitals, 1, view.lettered)},
                             {"tilt", number(figures.tilt, 1, view.lettered)},
                             {"pitch", number(figures.pitch, 2, figures.pitch > 0)},
                             {"contrast", number(figures.contrast, 0, view.lettered)},
                             {"edge", number(figures.edge, 2, view.lettered)},
                             {"burnt", number(figures.burnt, 3, true)},
                             {"black", number(figures.black, 3, true)},
                             {"milliseconds", view.sighting.milliseconds},
                             {"verdict", boost::describe::enum_to_string(view.judgement.verdict, "?")},
                             {"shortcomings", std::move(shortcomings)}};
  return line.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace ctl
