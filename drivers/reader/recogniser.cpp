#include "drivers/reader/recogniser.hpp"

#include <algorithm>
#include <optional>

#include "drivers/reader/codes.hpp"
#include "drivers/reader/look.hpp"
#include "drivers/reader/picture.hpp"
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

}  // namespace

core::Result<Recogniser> Recogniser::load(const std::filesystem::path& folder) {
  core::Result<Detector> detector = Detector::load(folder);
  if (!detector) return tl::unexpected(detector.error());
  core::Result<LineReader> reader = LineReader::load(folder);
  if (!reader) return tl::unexpected(reader.error());
  return Recogniser(std::move(*detector), std::move(*reader));
}

core::Result<core::Sighting> Recogniser::read(std::span<const cv::Mat> pictures) try {
  std::vector<Look> looks;
  for (const cv::Mat& picture : pictures)
    if (!picture.empty()) looks.emplace_back(picture, static_cast<int>(looks.size()));
  const auto all = [&](auto how) {
    std::vector<View> views;
    for (Look& look : looks) views.push_back((look.*how)(detector_, reader_));
    core::Sighting sighting;
    sighting.containers = read_codes(views);
    sighting.plates = read_plates(views, sighting.containers);
    return sighting;
  };
  core::Sighting sighting = all(&Look::in_passing);
  return settles(sighting) ? sighting : all(&Look::closely);
} catch (const cv::Exception& error) {
  return core::fail(core::Fault::broken, "the recogniser's nets failed: " + error.err);
}

core::Result<core::Sighting> Recogniser::read(std::span<const std::string_view> encoded) {
  std::vector<cv::Mat> pictures;
  std::optional<core::Error> complaint;
  for (const std::string_view bytes : encoded) {
    core::Result<cv::Mat> picture = decode(bytes);
    if (picture)
      pictures.push_back(std::move(*picture));
    else if (!complaint)
      complaint = picture.error();
  }
  if (pictures.empty())
    return tl::unexpected(complaint.value_or(core::Error{core::Fault::corrupt, "no picture to read"}));
  return read(std::span<const cv::Mat>(pictures));
}

}  // namespace reader
