#include "drivers/reader/size_type.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string_view>

#include "drivers/reader/grammar.hpp"

namespace reader {
namespace {

// Four boxes in five bear one of these: worth something when the letters alone are unclear.
constexpr std::array<std::string_view, 16> common = {"22G1", "45G1", "42G1", "45R1", "22R1", "L5G1",
                                                     "22U1", "42U1", "22T1", "22T6", "22G0", "42G0",
                                                     "45G0", "25G1", "20G1", "L5R1"};
constexpr float bonus = 2.5F;
constexpr float needed = -6;

bool near(const Line& part, const Line& line) {
  if (part.vertical != line.vertical) return false;
  const float h = part.height;
  if (line.height > 1.6F * h || line.height < 0.5F * h) return false;
  // Upright letters keep more room beside them than lines do below each other.
  const float farthest = part.vertical ? 7 : 4.5F;
  const cv::Point2f between = line.middle - part.middle;
  const float along = std::abs(between.dot(part.along));
  const float side = std::abs(between.dot(across(part)));
  return along < (part.length + line.length) / 2 + 5 * h && side < farthest * h;
}

// Every size type that a place may say, with how well it is borne out.
void weigh(const Place& place, std::map<std::string, float>& texts) {
  if (place.letters.size() < 3 || place.letters.size() > 6) return;
  const Witness alone = witness_of(place);
  std::map<std::string, float> mine;
  for (const Columns& columns : place.cuts)
    for (const Hypothesis& text : decode(columns, size_type_grammar(), 6)) mine[text.text] = 0;
  for (auto& [text, weight] : mine) {
    weight = support(alone, text);
    if (std::find(common.begin(), common.end(), text) != common.end()) weight += bonus;
    if (weight > needed) texts[text] += weight - needed;
  }
}

}  // namespace

std::string read_size_type(const std::vector<const Witness*>& witnesses, const std::vector<View>& views) {
  std::map<std::string, float> texts;
  for (const Witness* witness : witnesses) {
    for (const View& view : views) {
      if (view.number != witness->view) continue;
      for (const Place& place : view.places) {
        const bool part = std::any_of(witness->parts.begin(), witness->parts.end(),
                                      [&](const Line& l) { return same_place(l, place.line); });
        const bool by = std::any_of(witness->parts.begin(), witness->parts.end(),
                                    [&](const Line& l) { return near(l, place.line); });
        if (by && !part) weigh(place, texts);
      }
    }
  }
  const auto best = std::max_element(texts.begin(), texts.end(),
                                     [](const auto& a, const auto& b) { return a.second < b.second; });
  return best == texts.end() ? "" : best->first;
}

}  // namespace reader
