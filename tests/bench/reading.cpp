#include <ctime>
#include <stdexcept>
#include <string>
#include <vector>

#include <opencv2/core/utility.hpp>
#include <opencv2/imgproc.hpp>

#include "drivers/reader/picture.hpp"
#include "tests/bench/benches.hpp"
#include "tests/bench/side_by_side.hpp"
#include "tests/drivers/reader/shots.hpp"

namespace bench {
namespace {

using world::View;

double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

template <class T>
T loaded(core::Result<T> result) {
  if (!result) throw std::runtime_error(result.error().what);
  return std::move(*result);
}

/// A rendered truck as a camera of 1920 x 1080 would send it.
std::string large(const world::TruckLook& look) {
  cv::Mat picture;
  cv::resize(reader::pixels_of(truck_jpeg(look)), picture, {1920, 1080}, 0, 0, cv::INTER_CUBIC);
  return reader::saved(picture, 90);
}

void must_show(const core::Result<core::Sighting>& seen) {
  if (!seen) throw std::runtime_error(seen.error().what);
}

}  // namespace

void reading(benchmark::State& state, Terminal&) {
  constexpr int kTrucks = 24;
  constexpr std::uint64_t kSeed = 5;
  // What an appliance is asked for: 64 lanes, three pictures of a truck every 15 seconds, four cores.
  constexpr double kPicturesASecond = 64 * 3 / 15.0, kCores = 4;
  reader::Recogniser one_core = loaded(reader::Recogniser::load(reader::models(), 1));
  reader::Recogniser two_cores = loaded(reader::Recogniser::load(reader::models(), 2));
  reader::Detector finder = loaded(reader::Detector::load(reader::models()));
  std::vector<std::string> pictures;
  std::vector<std::vector<reader::Shot>> trucks(kTrucks), empty(kTrucks);
  for (int i = 0; i < kTrucks; ++i) {
    pictures.push_back(large(world::any_truck(kSeed, i, i % 2 == 0 ? View::side : View::rear)));
    for (const View view : {View::front, View::rear, View::side}) {
      world::TruckLook look = world::any_truck(kSeed, i, view);
      trucks[static_cast<std::size_t>(i)].push_back({reader::pixels_of(truck_jpeg(look)), {}});
      look.container.clear();
      empty[static_cast<std::size_t>(i)].push_back({reader::pixels_of(truck_jpeg(look)), {}});
    }
  }
  SideBySide times;
  double spent = 0, on_empty = 0;
  const auto read = [](reader::Recogniser& recogniser, const std::string& picture) {
    const std::vector<reader::Shot> shots = {{loaded(reader::decode(picture)), {}}};
    must_show(recogniser.read(shots));
  };
  for (auto _ : state)
    for (std::size_t i = 0; i < kTrucks; ++i) {
      cv::setNumThreads(1);
      times.take("one core", [&] { read(one_core, pictures[i]); });
      const cv::Mat picture = loaded(reader::decode(pictures[i]));
      times.take("lines found", [&] { benchmark::DoNotOptimize(finder.find(picture, 960)); });
      times.take("truck, one core", [&] { must_show(one_core.read(trucks[i])); });
      cv::setNumThreads(2);
      times.take("two cores", [&] { read(two_cores, pictures[i]); });
      const double begin = processor_seconds();
      times.take("truck, two cores", [&] { must_show(two_cores.read(trucks[i])); });
      const double between = processor_seconds();
      must_show(two_cores.read(empty[i]));
      spent += between - begin;
      on_empty += processor_seconds() - between;
    }
  const double pictures_read = static_cast<double>(state.iterations() * kTrucks * 3);
  const auto share = [&](double seconds) { return seconds / pictures_read * kPicturesASecond / kCores; };
  state.counters["p50 in ms, one core"] = times.quantile("one core", 0.5) * 1e3;
  state.counters["p50 in ms, two cores"] = times.quantile("two cores", 0.5) * 1e3;
  state.counters["two cores of one"] = times.quantile("two cores", 0.5) / times.quantile("one core", 0.5);
  state.counters["of finding lines alone"] =
      times.quantile("one core", 0.5) / times.quantile("lines found", 0.5);
  state.counters["truck of three, one core, ms"] = times.quantile("truck, one core", 0.5) * 1e3;
  state.counters["truck of three, two cores, ms"] = times.quantile("truck, two cores", 0.5) * 1e3;
  state.counters["64 lanes, of four cores"] = share(spent);
  state.counters["the same, half of them empty"] = share((spent + on_empty) / 2);
}

}  // namespace bench
