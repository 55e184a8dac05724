#include "drivers/reader/read_command.hpp"

#include <chrono>
#include <cmath>
#include <fstream>
#include <iterator>
#include <optional>
#include <ostream>

#include <nlohmann/json.hpp>
#include <opencv2/core/utility.hpp>

#include "drivers/reader/overlay.hpp"
#include "drivers/reader/picture.hpp"
#include "drivers/reader/recogniser.hpp"

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

ordered_json as_json(const core::Sighting& sighting) {
  ordered_json containers = ordered_json::array();
  for (const core::ContainerRead& read : sighting.containers)
    containers.push_back(
        {{"code", read.code},
         {"sizeType", read.size_type},
         {"confidence", read.confidence},
         {"sure", read.sure},
         {"checkDigit", read.check_digit},
         {"orientation", read.orientation == core::Orientation::vertical ? "vertical" : "horizontal"},
         {"box", as_json(read.box)}});
  ordered_json plates = ordered_json::array();
  for (const core::PlateRead& read : sighting.plates)
    plates.push_back({{"plate", read.plate},
                      {"country", read.country},
                      {"confidence", read.confidence},
                      {"sure", read.sure},
                      {"box", as_json(read.box)}});
  return {{"containers", std::move(containers)}, {"plates", std::move(plates)}};
}

bool complain(std::ostream& err, const std::string& file, const core::Error& error) {
  err << ordered_json{{"file", file}, {"error", error.what}}.dump(-1, ' ', false,
                                                                  ordered_json::error_handler_t::replace)
      << '\n';
  return false;
}

/// Reads and prints; nothing where the nets failed.
std::optional<core::Sighting> print(const std::vector<std::string>& files,
                                    const std::vector<cv::Mat>& pictures, Recogniser& recogniser,
                                    std::ostream& out, std::ostream& err) {
  const auto begin = std::chrono::steady_clock::now();
  const core::Result<core::Sighting> sighting = recogniser.read(std::span<const cv::Mat>(pictures));
  const std::chrono::duration<double, std::milli> spent = std::chrono::steady_clock::now() - begin;
  if (!sighting) {
    complain(err, files.front(), sighting.error());
    return std::nullopt;
  }
  ordered_json line = {{"file", files.front()}};
  if (files.size() > 1) line["files"] = files;
  line.update(as_json(*sighting));
  line["milliseconds"] = {{"total", std::lround(spent.count())}};
  out << line.dump(-1, ' ', false, ordered_json::error_handler_t::replace) << '\n';
  return *sighting;
}

/// What each picture shows by itself: `alone` where that is known already.
core::Result<void> draw(const std::vector<cv::Mat>& pictures, std::vector<core::Sighting> alone,
                        Recogniser& recogniser, const std::filesystem::path& file) {
  std::vector<Seen> seen;
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    if (i < alone.size()) {
      seen.push_back({pictures[i], std::move(alone[i])});
      continue;
    }
    auto sighting = recogniser.read(std::span<const cv::Mat>(&pictures[i], 1));
    if (!sighting) return tl::unexpected(sighting.error());
    seen.push_back({pictures[i], std::move(*sighting)});
  }
  return write_overlay(seen, file);
}

}  // namespace

int read_command(const ReadOptions& options, std::ostream& out, std::ostream& err) {
  cv::setNumThreads(1);
  core::Result<Recogniser> recogniser = Recogniser::load(options.models);
  if (!recogniser) {
    complain(err, options.models.string(), recogniser.error());
    return 1;
  }
  bool all_well = true;
  std::vector<std::string> good;
  std::vector<cv::Mat> pictures;
  std::vector<core::Sighting> alone;
  for (const std::string& file : options.files) {
    core::Result<cv::Mat> picture = picture_of(file);
    if (!picture) {
      all_well = complain(err, file, picture.error());
      continue;
    }
    if (!options.together) {
      auto sighting = print({file}, {*picture}, *recogniser, out, err);
      all_well = sighting && all_well;
      if (!sighting || options.overlay.empty()) continue;
      alone.push_back(std::move(*sighting));
    }
    good.push_back(file);
    pictures.push_back(std::move(*picture));
  }
  if (options.together && !pictures.empty())
    all_well = print(good, pictures, *recogniser, out, err) && all_well;
  if (!options.overlay.empty())
    if (const auto drawn = draw(pictures, std::move(alone), *recogniser, options.overlay); !drawn)
      all_well = complain(err, options.overlay.string(), drawn.error());
  return all_well ? 0 : 1;
}

}  // namespace reader
