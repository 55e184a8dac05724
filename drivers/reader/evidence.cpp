#include "drivers/reader/evidence.hpp"

#include <algorithm>

namespace reader {
namespace {

// A cut half as clear as another counts for a sixteenth of it.
void weigh(Witness& witness) {
  float sum = 0;
  for (const Columns& columns : witness.cuts) {
    const float clear = 0.05F + clarity(columns);
    witness.weights.push_back(clear * clear * clear * clear);
    witness.odds.emplace_back(columns);
    sum += witness.weights.back();
  }
  for (float& weight : witness.weights) weight /= sum;
}

}  // namespace

Witness witness_of(const View& view, const std::vector<int>& places) {
  Witness witness{view.number, {}, {}, {}, {}};
  std::size_t cuts = 3;
  for (const int i : places) cuts = std::min(cuts, view.places[i].cuts.size());
  witness.cuts.resize(cuts);
  for (const int i : places) {
    const Place& place = view.places[i];
    witness.parts.push_back(place.line);
    for (std::size_t k = 0; k < cuts; ++k)
      witness.cuts[k].insert(witness.cuts[k].end(), place.cuts[k].begin(), place.cuts[k].end());
  }
  weigh(witness);
  return witness;
}

Witness witness_of(const Place& place) { return witness_of(View{0, {place}}, {0}); }

float support(const Witness& witness, const std::string& text) {
  float sum = 0;
  for (std::size_t k = 0; k < witness.odds.size(); ++k) {
    const Odds& odds = witness.odds[k];
    sum += witness.weights[k] * std::max(worst, odds.log_likelihood(text) - odds.likeliest_path());
  }
  return witness.odds.empty() ? worst : sum;
}

bool overlap(const Witness& a, const Witness& b) {
  const auto rect = [](const Witness& witness) {
    const core::Box box = box_of(witness.parts);
    return cv::Rect(box.x, box.y, box.width, box.height);
  };
  return a.view == b.view && (rect(a) & rect(b)).area() > 0.3 * std::min(rect(a).area(), rect(b).area());
}

bool is_cramped(const Witness& witness, const std::string& text) {
  constexpr float least_room = 0.35F;  // of what the others have
  const auto clearest =
      std::max_element(witness.weights.begin(), witness.weights.end()) - witness.weights.begin();
  const std::vector<std::size_t> begun = witness.odds[clearest].columns_of(text);
  std::vector<std::size_t> apart;
  for (std::size_t i = 1; i < begun.size(); ++i) apart.push_back(begun[i] - begun[i - 1]);
  if (apart.size() < 3) return false;
  std::sort(apart.begin(), apart.end());
  return static_cast<float>(apart.front()) < least_room * static_cast<float>(apart[apart.size() / 2]);
}

}  // namespace reader
