#include "drivers/reader/recogniser.hpp"

#include <algorithm>
#include <mutex>

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

bool shows_code(const std::vector<core::ContainerRead>& containers) {
  return std::any_of(containers.begin(), containers.end(),
                     [](const core::ContainerRead& read) { return read.check_digit; });
}

/// Where none but a plate's is seen in passing, a closer look finds no code either: not one in 232 such views
/// of rendered trucks, and every code that photographs and wild scenes showed only closely had left a trace.
bool shows_lettering(const View& view) {
  return std::any_of(view.places.begin(), view.places.end(),
                     [](const Place& place) { return !may_be_plate(place.line); });
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
void settle_memory() {
  constexpr int mib = 1 << 20;
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_MMAP_THRESHOLD, 32 * mib);  // the most there may be
  mallopt(M_TRIM_THRESHOLD, 256 * mib);
}

void settle_process(int threads) {
  static std::mutex one_at_a_time;
  static int most = 0;
  const std::scoped_lock lock(one_at_a_time);
  if (most == 0) settle_memory();
  if (threads <= most) return;
  most = threads;
  cv::setNumThreads(std::min(most, cv::getNumberOfCPUs()));  // asked for more, TBB would complain
}

}  // namespace

core::Result<Recogniser> Recogniser::load(const std::filesystem::path& folder, int threads) {
  settle_process(threads);
  return NetShelf::load(folder, threads).map([](std::unique_ptr<NetShelf> nets) {
    return Recogniser(std::move(nets));
  });
}

/// Of all such loops in the process OpenCV spreads one at a time, and nothing within it: several pictures go
/// to a thread each, one by itself to all of them, and where another read is at it, this one works alone.
void Recogniser::at_once(std::size_t count, const std::function<void(std::size_t, Nets&)>& look) {
  const auto one = [&](std::size_t i) { nets_->lend([&](Nets& nets) { look(i, nets); }); };
  if (count == 1) return one(0);
  cv::parallel_for_({0, static_cast<int>(count)}, [&](const cv::Range& part) {
    for (int i = part.start; i < part.end; ++i) one(static_cast<std::size_t>(i));
  });
}

core::Result<Looked> Recogniser::look(std::span<const Shot> shots) try {
  std::vector<Look> looks;
  for (const Shot& shot : shots)
    if (!shot.picture.empty()) looks.emplace_back(shot, static_cast<int>(looks.size()));
  std::vector<View> views(looks.size());
  at_once(looks.size(), [&](std::size_t i, Nets& nets) { views[i] = looks[i].in_passing(nets); });
  core::Sighting seen = told_by(views);
  const bool seek_code = leave_doubt(seen.containers);
  if (!seek_code && shows_plate(seen.plates) && !leave_doubt(seen.plates))
    return Looked{std::move(seen), std::move(views)};
  std::vector<std::size_t> doubtful;
  for (std::size_t i = 0; i < looks.size(); ++i) {
    // A view that shows nothing may show the plate that is missing.
    const bool seek_plate = !shows_plate(seen.plates) && read_codes({views[i]}).empty();
    if ((seek_code && shows_lettering(views[i])) || seek_plate ||
        leave_doubt(read_plates({views[i]}, seen.containers)))
      doubtful.push_back(i);
  }
  at_once(doubtful.size(),
          [&](std::size_t i, Nets& nets) { views[doubtful[i]] = looks[doubtful[i]].closely(nets); });
  seen = told_by(views);
  if (shows_code(seen.containers) && shows_plate(seen.plates))
    return Looked{std::move(seen), std::move(views)};
  // A low sun leaves one side of a truck in the light and the other one in the dark.
  std::vector<std::size_t> blank;
  for (std::size_t i = 0; i < looks.size(); ++i)
    if (const core::Sighting alone = told_by({views[i]});
        !shows_code(alone.containers) && !shows_plate(alone.plates))
      blank.push_back(i);
  at_once(blank.size(),
          [&](std::size_t i, Nets& nets) { views[blank[i]] = looks[blank[i]].into_the_shadow(nets); });
  seen = told_by(views);
  return Looked{std::move(seen), std::move(views)};
} catch (const cv::Exception& error) {
  return core::fail(core::Fault::broken, "the recogniser's nets failed: " + error.err);
}

core::Result<core::Sighting> Recogniser::read(std::span<const Shot> shots) {
  return look(shots).map([](Looked looked) { return std::move(looked.sighting); });
}

}  // namespace reader
