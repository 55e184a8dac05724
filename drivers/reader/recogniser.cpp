#include "drivers/reader/recogniser.hpp"

#include <algorithm>

#include <malloc.h>
#include <opencv2/core/utility.hpp>

#include "drivers/reader/codes.hpp"
#include "drivers/reader/plates.hpp"

namespace reader {
namespace {

/// A container is on nearly every truck: where none is told, the next look may find it.
bool leave_doubt(const std::vector<core::ContainerRead>& containers) {
  const auto told = [](const core::ContainerRead& read) { return read.sure && !read.size_type.empty(); };
  return containers.empty() || !std::all_of(containers.begin(), containers.end(), told);
}

/// Lettering without a sheet round it is hardly a plate, however closely it is looked at.
bool has_sheet(const core::PlateRead& read) { return read.doubt != core::Doubt::no_sheet; }

bool shows_plate(const std::vector<core::PlateRead>& plates) {
  return std::any_of(plates.begin(), plates.end(), has_sheet);
}

bool leave_doubt(const std::vector<core::PlateRead>& plates) {
  return std::any_of(plates.begin(), plates.end(),
                     [](const core::PlateRead& read) { return !read.sure && has_sheet(read); });
}

bool shows(const core::Sighting& sighting) {
  const auto fits = [](const core::ContainerRead& read) { return read.check_digit; };
  return !sighting.plates.empty() ||
         std::any_of(sighting.containers.begin(), sighting.containers.end(), fits);
}

core::Sighting told_by(const std::vector<View>& views) {
  core::Sighting seen;
  seen.containers = read_codes(views);
  seen.plates = read_plates(views, seen.containers);
  return seen;
}

/// The nets ask for tens of MiB for each picture. Given back to the kernel after each and fetched again, as
/// glibc does unless told otherwise, they cost a sixth of the processor time; and only the first arena can
/// keep so much.
void settle_process() {
  constexpr int mib = 1 << 20;
  cv::setNumThreads(1);
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_MMAP_THRESHOLD, 32 * mib);  // the most there may be
  mallopt(M_TRIM_THRESHOLD, 256 * mib);
}

}  // namespace

core::Result<Recogniser> Recogniser::load(const std::filesystem::path& folder) {
  [[maybe_unused]] static const bool settled = (settle_process(), true);
  core::Result<Detector> detector = Detector::load(folder);
  if (!detector) return tl::unexpected(detector.error());
  core::Result<LineReader> reader = LineReader::load(folder);
  if (!reader) return tl::unexpected(reader.error());
  return Recogniser(std::move(*detector), std::move(*reader));
}

core::Result<Looked> Recogniser::look(std::span<const Shot> shots) try {
  std::vector<Look> looks;
  std::vector<View> views;
  for (const Shot& shot : shots) {
    if (shot.picture.empty()) continue;
    looks.emplace_back(shot, static_cast<int>(looks.size()));
    views.push_back(looks.back().in_passing(detector_, reader_));
  }
  core::Sighting seen = told_by(views);
  const bool all = leave_doubt(seen.containers);
  if (!all && shows_plate(seen.plates) && !leave_doubt(seen.plates))
    return Looked{std::move(seen), std::move(views)};
  // A view that shows nothing may show the plate that is missing.
  for (std::size_t i = 0; i < looks.size(); ++i) {
    const bool blank = !shows_plate(seen.plates) && read_codes({views[i]}).empty();
    if (all || blank || leave_doubt(read_plates({views[i]}, seen.containers)))
      views[i] = looks[i].closely(detector_, reader_);
  }
  seen = told_by(views);
  if (!shows(seen)) {
    for (std::size_t i = 0; i < looks.size(); ++i) views[i] = looks[i].into_the_shadow(detector_, reader_);
    seen = told_by(views);
  }
  return Looked{std::move(seen), std::move(views)};
} catch (const cv::Exception& error) {
  return core::fail(core::Fault::broken, "the recogniser's nets failed: " + error.err);
}

core::Result<core::Sighting> Recogniser::read(std::span<const Shot> shots) {
  return look(shots).map([](Looked looked) { return std::move(looked.sighting); });
}

}  // namespace reader
