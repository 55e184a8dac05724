#include "drivers/reader/recogniser.hpp"

#include <algorithm>

#include "drivers/reader/codes.hpp"
#include "drivers/reader/plates.hpp"

namespace reader {
namespace {

/// Nothing that was seen is left in doubt: to look more closely would not tell more.
bool settles(const core::Sighting& sighting) {
  const auto sure = [](const auto& read) { return read.sure; };
  const auto told = [](const core::ContainerRead& read) { return read.sure && !read.size_type.empty(); };
  return !(sighting.containers.empty() && sighting.plates.empty()) &&
         std::all_of(sighting.containers.begin(), sighting.containers.end(), told) &&
         std::all_of(sighting.plates.begin(), sighting.plates.end(), sure);
}

bool shows(const core::Sighting& sighting) {
  const auto fits = [](const core::ContainerRead& read) { return read.check_digit; };
  return !sighting.plates.empty() ||
         std::any_of(sighting.containers.begin(), sighting.containers.end(), fits);
}

}  // namespace

core::Result<Recogniser> Recogniser::load(const std::filesystem::path& folder) {
  core::Result<Detector> detector = Detector::load(folder);
  if (!detector) return tl::unexpected(detector.error());
  core::Result<LineReader> reader = LineReader::load(folder);
  if (!reader) return tl::unexpected(reader.error());
  return Recogniser(std::move(*detector), std::move(*reader));
}

core::Result<Looked> Recogniser::look(std::span<const Shot> shots) try {
  std::vector<Look> looks;
  for (const Shot& shot : shots)
    if (!shot.picture.empty()) looks.emplace_back(shot, static_cast<int>(looks.size()));
  const auto all = [&](auto how) {
    std::vector<View> views;
    for (Look& look : looks) views.push_back((look.*how)(detector_, reader_));
    Looked looked;
    looked.sighting.containers = read_codes(views);
    looked.sighting.plates = read_plates(views, looked.sighting.containers);
    looked.views = std::move(views);
    return looked;
  };
  Looked looked = all(&Look::in_passing);
  if (settles(looked.sighting)) return looked;
  looked = all(&Look::closely);
  return shows(looked.sighting) ? looked : all(&Look::into_the_shadow);
} catch (const cv::Exception& error) {
  return core::fail(core::Fault::broken, "the recogniser's nets failed: " + error.err);
}

core::Result<core::Sighting> Recogniser::read(std::span<const Shot> shots) {
  return look(shots).map([](Looked looked) { return std::move(looked.sighting); });
}

}  // namespace reader
