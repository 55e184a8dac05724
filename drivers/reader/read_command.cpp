#include "drivers/reader/read_command.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <iterator>
#include <optional>
#include <ostream>
#include <thread>

#include <boost/describe/enum_to_string.hpp>
#include <nlohmann/json.hpp>

#include "drivers/reader/overlay.hpp"
#include "drivers/reader/picture.hpp"
#include "drivers/reader/quality.hpp"
#include "drivers/reader/recogniser.hpp"
#include "gate/core/equipment_number.hpp"

namespace reader {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t largest_file = 64 << 20;  // bytes

core::Result<cv::Mat> picture_of(const std::string& file) {
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored))
    return core::fail(core::Fault::malformed, "a folder, allowed: JPEG and PNG files");
  if (!std::filesystem::is_regular_file(file, ignored))
    return core::fail(core::Fault::not_found, "no such file");
  if (std::filesystem::file_size(file, ignored) > largest_file)
    return core::fail(core::Fault::corrupt, "larger than 64 MiB");
  std::ifstream in(file, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (!in) return core::fail(core::Fault::broken, "cannot be read");
  return decode(bytes);
}

ordered_json as_json(const core::Box& box) {
  return {{"x", box.x}, {"y", box.y}, {"width", box.width}, {"height", box.height}};
}

/// Empty where there is none.
std::string name_of(core::Doubt doubt) {
  return doubt == core::Doubt::none ? "" : boost::describe::enum_to_string(doubt, "");
}

ordered_json as_json(const core::Sighting& sighting) {
  ordered_json containers = ordered_json::array();
  for (const core::ContainerRead& read : sighting.containers)
    containers.push_back(
        {{"code", read.code},
         {"form", boost::describe::enum_to_string(core::form_of(read.code), "")},
         {"sizeType", read.size_type},
         {"confidence", read.confidence},
         {"sure", read.sure},
         {"doubt", name_of(read.doubt)},
         {"alternatives", read.alternatives},
         {"checkDigit", read.check_digit},
         {"orientation", read.orientation == core::Orientation::vertical ? "vertical" : "horizontal"},
         {"box", as_json(read.box)}});
  ordered_json plates = ordered_json::array();
  for (const core::PlateRead& read : sighting.plates)
    plates.push_back({{"plate", read.plate},
                      {"country", read.country},
                      {"confidence", read.confidence},
                      {"sure", read.sure},
                      {"doubt", name_of(read.doubt)},
                      {"alternatives", read.alternatives},
                      {"box", as_json(read.box)}});
  return {{"containers", std::move(containers)}, {"plates", std::move(plates)}};
}

/// What is wrong with the pictures themselves. Nothing is left out for it here.
ordered_json faults_json(const std::vector<std::string>& files, const std::vector<Shot>& shots) {
  ordered_json faults = ordered_json::array();
  for (std::size_t i = 0; i < shots.size(); ++i) {
    const auto fault = fault_of(quality_of(shots[i].picture));
    if (!fault) continue;
    ordered_json one = {{"kind", boost::describe::enum_to_string(fault->kind, "")}, {"what", fault->what}};
    if (files.size() > 1) one["file"] = files[i];
    faults.push_back(std::move(one));
  }
  return faults;
}

int threads_at_hand() { return std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, 4); }

bool complain(std::ostream& err, const std::string& file, const core::Error& error) {
  err << ordered_json{{"file", file}, {"error", error.what}}.dump(-1, ' ', false,
                                                                  ordered_json::error_handler_t::replace)
      << '\n';
  return false;
}

/// Reads and prints; nothing where the nets failed.
std::optional<core::Sighting> print(const std::vector<std::string>& files, const std::vector<Shot>& shots,
                                    Recogniser& recogniser, std::ostream& out, std::ostream& err) {
  const auto begin = std::chrono::steady_clock::now();
  const core::Result<core::Sighting> sighting = recogniser.read(shots);
  const std::chrono::duration<double, std::milli> spent = std::chrono::steady_clock::now() - begin;
  if (!sighting) {
    complain(err, files.front(), sighting.error());
    return std::nullopt;
  }
  ordered_json line = {{"file", files.front()}};
  if (files.size() > 1) line["files"] = files;
  line.update(as_json(*sighting));
  line["faults"] = faults_json(files, shots);
  line["milliseconds"] = {{"total", std::lround(spent.count())}};
  out << line.dump(-1, ' ', false, ordered_json::error_handler_t::replace) << '\n';
  return *sighting;
}

/// What each picture shows by itself: `alone` where that is known already.
core::Result<void> draw(const std::vector<Shot>& shots, std::vector<core::Sighting> alone,
                        Recogniser& recogniser, const std::filesystem::path& file) {
  std::vector<Seen> seen;
  for (std::size_t i = 0; i < shots.size(); ++i) {
    if (i < alone.size()) {
      seen.push_back({shots[i].picture, std::move(alone[i]), shots[i].framing.region});
      continue;
    }
    auto sighting = recogniser.read({&shots[i], 1});
    if (!sighting) return tl::unexpected(sighting.error());
    seen.push_back({shots[i].picture, std::move(*sighting), shots[i].framing.region});
  }
  return write_overlay(seen, file);
}

}  // namespace

int read_command(const ReadOptions& options, std::ostream& out, std::ostream& err) {
  if (const auto wrong = core::wrong_region(options.region)) {
    err << ordered_json{{"error", "--region: " + *wrong}}.dump() << '\n';
    return 1;
  }
  core::Result<Recogniser> recogniser = Recogniser::load(options.models, threads_at_hand());
  if (!recogniser) {
    complain(err, options.models.string(), recogniser.error());
    return 1;
  }
  bool all_well = true;
  std::vector<std::string> good;
  std::vector<Shot> shots;
  std::vector<core::Sighting> alone;
  for (const std::string& file : options.files) {
    core::Result<cv::Mat> picture = picture_of(file);
    if (!picture) {
      all_well = complain(err, file, picture.error());
      continue;
    }
    Shot shot{std::move(*picture), {options.region, {}}};
    if (!options.together) {
      auto sighting = print({file}, {shot}, *recogniser, out, err);
      all_well = sighting && all_well;
      if (!sighting || options.overlay.empty()) continue;
      alone.push_back(std::move(*sighting));
    }
    good.push_back(file);
    shots.push_back(std::move(shot));
  }
  if (options.together && !shots.empty()) all_well = print(good, shots, *recogniser, out, err) && all_well;
  if (!options.overlay.empty())
    if (const auto drawn = draw(shots, std::move(alone), *recogniser, options.overlay); !drawn)
      all_well = complain(err, options.overlay.string(), drawn.error());
  return all_well ? 0 : 1;
}

}  // namespace reader
