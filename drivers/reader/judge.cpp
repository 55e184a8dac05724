#include "drivers/reader/judge.hpp"

#include <algorithm>
#include <cmath>

namespace reader {
namespace {

std::string whole(float value) { return std::to_string(std::lround(value)); }

std::string tenths(float value) {
  const long count = std::lround(value * 10);
  return std::to_string(count / 10) + "." + std::to_string(count % 10);
}

std::string remedy(core::ViewFaultKind kind) {
  using enum core::ViewFaultKind;
  switch (kind) {
    case covered:
      return "clean the lens and take away what stands before it: ";
    case defocused:
      return "focus the lens, dry it, and see that nothing shakes the camera: ";
    case under_exposed:
      return "light the lane, lengthen the exposure or uncover the lens: ";
    case over_exposed:
      return "shorten the exposure or turn the lens out of the sun: ";
    case no_picture:
    case frozen:
    case displaced:
      break;  // no single picture tells
  }
  return "start the camera anew: ";
}

struct Findings {
  std::vector<Shortcoming> all{};

  void add(std::string_view figure, bool hopeless, std::string advice) {
    all.push_back({figure, hopeless ? Grade::poor : Grade::usable, std::move(advice)});
  }
};

void judge_light(const Figures& figures, Findings& findings) {
  if (figures.burnt > burnt_wanted)
    findings.add("light", false,
                 "shorten the exposure or shade the lens: " + whole(figures.burnt * 100) +
                     " % of the picture is burnt white");
  if (figures.black > black_wanted)
    findings.add("light", false,
                 "light the lane or lengthen the exposure: " + whole(figures.black * 100) +
                     " % of the picture is black");
}

void judge_size(const Figures& figures, const std::optional<core::Capitals>& configured, Findings& findings) {
  const long high = std::lround(figures.capitals);
  const std::string so = "capitals are " + std::to_string(high) + " px high, ";
  if (static_cast<float>(high) < capitals_limit.wanted)
    findings.add(
        "capitals", static_cast<float>(high) < capitals_limit.hopeless,
        "move the camera closer or use a longer lens: " + so + whole(capitals_limit.wanted) + " are wanted");
  if (configured && (high < configured->smallest || high > configured->largest))
    findings.add("capitals", false,
                 "set this camera's `capitals` anew: " + so + "the configuration allows " +
                     std::to_string(configured->smallest) + " to " + std::to_string(configured->largest) +
                     ", and acts on no other code");
}

void judge_angle(const Figures& figures, Findings& findings) {
  if (const float tilt = std::abs(figures.tilt); tilt > tilt_limit.wanted)
    findings.add("tilt", tilt > tilt_limit.hopeless,
                 "turn the camera " + whole(tilt) + " degrees " +
                     (figures.tilt > 0 ? "clockwise" : "anticlockwise") +
                     ", seen from behind it, or hang it squarer to the lettering: that is tilted so much");
  if (figures.pitch > 0 && figures.pitch < pitch_limit.wanted)
    findings.add("pitch", figures.pitch < pitch_limit.hopeless,
                 "hang the camera so that it faces the lettering: it looks at it from the side, by 45 "
                 "degrees or more");
}

void judge_clearness(const Figures& figures, Findings& findings) {
  if (figures.contrast < contrast_limit.wanted)
    findings.add("contrast", figures.contrast < contrast_limit.hopeless,
                 "light the lettering, and clean the lens: letters and ground are only " +
                     whole(figures.contrast) + " of 255 grey levels apart, " + whole(contrast_limit.wanted) +
                     " are wanted");
  const float wanted = std::max(sharp_limit.wanted, edge_limit.wanted * figures.capitals);
  if (figures.edge > wanted)
    findings.add("edge",
                 figures.edge > std::max(sharp_limit.hopeless, edge_limit.hopeless * figures.capitals),
                 "focus the lens, or shorten the exposure where trucks move: an edge of the letters is " +
                     tenths(figures.edge) + " px wide, " + tenths(wanted) + " at most are wanted");
}

void judge_reads(const core::Sighting& sighting, Findings& findings) {
  const auto fits = [](const core::ContainerRead& read) { return read.check_digit; };
  const bool code = std::any_of(sighting.containers.begin(), sighting.containers.end(), fits);
  if (!code && sighting.plates.empty()) {
    findings.add(
        "read", true,
        "have a truck stand where trucks stop and judge again: there is lettering, but neither a container's "
        "code nor a plate was read");
    return;
  }
  const bool sure = code ? std::any_of(sighting.containers.begin(), sighting.containers.end(),
                                       [](const auto& r) { return r.sure; })
                         : sighting.plates[0].sure;
  if (!sure)
    findings.add("read", false,
                 std::string("judge again with other trucks: this ") + (code ? "code" : "plate") +
                     " was not read surely enough to act on");
}

}  // namespace

Judgement judge(const std::optional<PictureFault>& fault, const Figures& figures, bool lettered,
                const core::Sighting& sighting, const std::optional<core::Capitals>& capitals) {
  Findings findings;
  if (fault) findings.add("picture", true, remedy(fault->kind) + fault->what);
  judge_light(figures, findings);
  if (lettered) {
    judge_size(figures, capitals, findings);
    judge_angle(figures, findings);
    judge_clearness(figures, findings);
    judge_reads(sighting, findings);
  } else if (!fault) {
    findings.add("read", false,
                 "have a truck stand where trucks stop and judge again: there is no lettering to see");
  }
  Judgement judgement{lettered || fault ? Grade::good : Grade::nothing, std::move(findings.all)};
  if (lettered || fault)
    for (const Shortcoming& one : judgement.shortcomings)
      judgement.verdict = std::max(judgement.verdict, one.grade);
  return judgement;
}

core::Result<Judged> judge_view(Recogniser& recogniser, const Shot& shot) {
  core::Result<Looked> looked = recogniser.look({&shot, 1});
  if (!looked) return tl::unexpected(looked.error());
  Judged judged;
  judged.sighting = std::move(looked->sighting);
  const std::vector<Place> lettering = lettering_of(looked->views.at(0), judged.sighting);
  judged.figures = measure(shot.picture, shot.framing.region, lettering);
  judged.lettered = !lettering.empty();
  judged.judgement = judge(fault_of(quality_of(shot.picture)), judged.figures, judged.lettered,
                           judged.sighting, shot.framing.capitals);
  return judged;
}

}  // namespace reader
