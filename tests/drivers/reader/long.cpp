// `reader_long trucks|scenes [COUNT [SEED]]`: how often are rendered trucks read right, and does the reader
// know? Renders, and reads with the committed nets, on all cores. Prints what was read wrong though it was
// sure, how often each confidence was right, and one line with runs, seed and result; exits 0 only if fewer
// than one sure read in a thousand was wrong. trucks: as the gate's cameras see them, all views of one
// together. scenes: one picture each of any view, light and distance, in fonts that the nets have never seen.
#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/core/plate.hpp"
#include "tests/drivers/reader/shots.hpp"
#include "tests/world/render/scene.hpp"

namespace {

using reader::Recogniser;

/// What is in one scene, and what of it a picture shows as a whole.
struct Truth {
  std::string code, size_type;
  std::vector<std::string> plates{};
  bool code_shown = true, size_type_shown = true, plate_shown = false;
};

struct Example {
  std::vector<reader::Shot> shots;
  Truth truth;
};

Example truck(std::uint64_t seed, std::int64_t number) {
  using enum world::View;
  Example example;
  for (const world::View view : {front, rear, side, roof}) {
    const world::TruckLook look = world::any_truck(seed, number, view);
    example.shots.push_back({reader::pixels_of(truck_jpeg(look)), {}});
    example.truth = {look.container, look.size_type, {core::normalise_plate(look.plate)}, true, true, true};
  }
  return example;
}

Example scene(std::uint64_t seed, std::int64_t number) {
  thread_local const world::Fonts fonts(world::Shelf::held_out);
  world::Dice dice(seed * 1'000'003 + static_cast<std::uint64_t>(number));
  const world::Scene scene = wild_scene(fonts, dice);
  const world::Rendered rendered = render(scene, fonts);
  std::vector<unsigned char> bytes;
  cv::imencode(".jpg", rendered.picture, bytes, {cv::IMWRITE_JPEG_QUALITY, scene.weather.jpeg});
  std::map<world::Kind, std::size_t> letters;
  for (const world::Mark& mark : rendered.marks) letters[mark.kind] += mark.text.size();
  const std::vector<std::string> plates = {core::normalise_plate(scene.plate),
                                           core::normalise_plate(scene.trailer_plate)};
  return {{{cv::imdecode(bytes, cv::IMREAD_GRAYSCALE), {}}},
          {scene.box.code, scene.box.size_type, plates, letters[world::Kind::code] >= 11,
           letters[world::Kind::size_type] >= 4, letters[world::Kind::plate] >= 4}};
}

constexpr std::array<int, 9> steps = {500, 700, 800, 900, 950, 980, 990, 998, 1001};  // permille

struct Tally {
  std::int64_t shown = 0, right = 0, sure = 0, wrong = 0;
  std::array<std::int64_t, steps.size()> told{}, true_of_them{};

  template <class Read>
  void add(const Read& read, bool is_right) {
    if (read.sure) ++sure, wrong += is_right ? 0 : 1;
    const auto step = std::upper_bound(steps.begin(), steps.end(), read.confidence) - steps.begin();
    ++told[static_cast<std::size_t>(step)];
    true_of_them[static_cast<std::size_t>(step)] += is_right ? 1 : 0;
  }

  [[nodiscard]] std::string words(const std::string& name) const {
    const double all = static_cast<double>(std::max<std::int64_t>(1, shown)) / 100;
    return fmt::format("{}: {} shown, {:.2f} % right, {:.1f} % sure, {} of these wrong", name, shown,
                       static_cast<double>(right) / all, static_cast<double>(sure) / all, wrong);
  }
};

double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

struct Results {
  std::mutex guard;
  Tally codes, size_types, plates;
  std::vector<double> seconds;  // of processor time a picture, a mean for each read

  void spend(double all, std::size_t pictures) {
    const std::scoped_lock lock(guard);
    seconds.push_back(all / static_cast<double>(pictures));
  }

  [[nodiscard]] std::string cost() {
    std::sort(seconds.begin(), seconds.end());
    double sum = 0;
    for (const double one : seconds) sum += one;
    return seconds.empty() ? ""
                           : fmt::format("processor time a picture: median {:.0f} ms, mean {:.0f} ms",
                                         1000 * seconds[seconds.size() / 2],
                                         1000 * sum / static_cast<double>(seconds.size()));
  }

  void add(std::int64_t number, const Truth& truth, const core::Sighting& seen) {
    const std::scoped_lock lock(guard);
    const bool code_read = !seen.containers.empty() && seen.containers[0].code == truth.code;
    if (truth.code_shown) {
      ++codes.shown;
      codes.right += code_read ? 1 : 0;
    }
    if (truth.code_shown && truth.size_type_shown) {
      ++size_types.shown;
      size_types.right += code_read && seen.containers[0].size_type == truth.size_type ? 1 : 0;
    }
    if (truth.plate_shown) {
      ++plates.shown;
      plates.right += !seen.plates.empty() && is_one(truth.plates, seen.plates[0].plate) ? 1 : 0;
    }
    for (const core::ContainerRead& read : seen.containers) {
      codes.add(read, read.code == truth.code);
      if (read.sure && read.code != truth.code) tell(number, read.code, {truth.code});
    }
    for (const core::PlateRead& read : seen.plates) {
      plates.add(read, is_one(truth.plates, read.plate));
      if (read.sure && !is_one(truth.plates, read.plate)) tell(number, read.plate, truth.plates);
    }
  }

  static bool is_one(const std::vector<std::string>& all, const std::string& plate) {
    return std::find(all.begin(), all.end(), plate) != all.end();
  }

  static void tell(std::int64_t number, const std::string& read, const std::vector<std::string>& truth) {
    std::cout << fmt::format("picture {}: sure of {} where there is {}\n", number, read,
                             fmt::join(truth, ", "));
  }
};

void print_reliability(const Results& results) {
  std::cout << "confidence       codes right of told     plates right of told\n";
  for (std::size_t i = 0, from = 0; i < steps.size(); from = static_cast<std::size_t>(steps[i++])) {
    const auto column = [i](const Tally& tally) {
      return tally.told[i] == 0 ? fmt::format("{:>24}", "-")
                                : fmt::format("{:>8.1f} % {:>6}/{:<6}",
                                              100.0 * static_cast<double>(tally.true_of_them[i]) /
                                                  static_cast<double>(tally.told[i]),
                                              tally.true_of_them[i], tally.told[i]);
    };
    std::cout << fmt::format("{:>5.1f} .. {:<5.1f} {} {}\n", static_cast<double>(from) / 10,
                             std::min(100.0, static_cast<double>(steps[i]) / 10), column(results.codes),
                             column(results.plates));
  }
}

}  // namespace

int main(int count, char** words) {
  const std::string name = count > 1 ? words[1] : "";
  if (name != "trucks" && name != "scenes") {
    std::cerr << "usage: reader_long trucks|scenes [COUNT [SEED]]\n";
    return 2;
  }
  const std::int64_t asked = count > 2 ? std::atoll(words[2]) : 0;
  const std::int64_t runs = asked > 0 ? asked : 10'000;
  const std::uint64_t seed = count > 3 ? std::strtoull(words[3], nullptr, 10) : std::random_device{}();
  Results results;
  std::atomic<std::int64_t> next = 0;
  std::atomic<bool> broken = false;
  const auto work = [&] {
    core::Result<Recogniser> recogniser = reader::committed();
    for (std::int64_t i = next++; i < runs && recogniser && !broken; i = next++) {
      const Example example = name == "trucks" ? truck(seed, i) : scene(seed, i);
      const double begin = processor_seconds();
      const core::Result<core::Sighting> seen = recogniser->read(example.shots);
      results.spend(processor_seconds() - begin, example.shots.size());
      if (seen)
        results.add(i, example.truth, *seen);
      else
        broken = true;
    }
    if (!recogniser) broken = true;
  };
  {
    std::vector<std::jthread> threads;
    for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i)
      threads.emplace_back(work);
  }
  print_reliability(results);
  const std::int64_t sure = results.codes.sure + results.plates.sure;
  const std::int64_t wrong = results.codes.wrong + results.plates.wrong;
  const bool well = !broken && sure > 0 && wrong * 1000 < sure;
  std::cout << results.codes.words("codes") << '\n'
            << fmt::format("size types: {} shown, {:.2f} % right\n", results.size_types.shown,
                           100.0 * static_cast<double>(results.size_types.right) /
                               static_cast<double>(std::max<std::int64_t>(1, results.size_types.shown)))
            << results.plates.words("plates") << '\n'
            << results.cost() << '\n'
            << fmt::format("{}: runs {}, seed {}, {}\n", name, runs, seed,
                           well     ? "all is well"
                           : broken ? "WRONG: the recogniser failed"
                                    : fmt::format("WRONG: {} of {} sure reads", wrong, sure));
  return well ? 0 : 1;
}
