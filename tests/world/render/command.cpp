#include "tests/world/render/command.hpp"

#include <cstdint>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>

#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>

#include "gate/core/plate.hpp"
#include "tests/world/render/scene.hpp"
#include "tests/world/render/truck.hpp"

namespace world {
namespace {

using Options = std::map<std::string, std::string>;

nlohmann::json as_json(const Mark& mark) {
  static const std::map<Kind, std::string> names = {
      {Kind::code, "code"}, {Kind::size_type, "size_type"}, {Kind::plate, "plate"}, {Kind::other, "other"}};
  nlohmann::json corners = nlohmann::json::array();
  nlohmann::json centres = nlohmann::json::array();
  const auto put = [](nlohmann::json& list, const cv::Point2f& p) {
    list.push_back(std::round(p.x * 10) / 10);
    list.push_back(std::round(p.y * 10) / 10);
  };
  for (const cv::Point2f& p : mark.corners) put(corners, p);
  for (const cv::Point2f& p : mark.centres) put(centres, p);
  return {{"kind", names.at(mark.kind)},
          {"text", mark.text},
          {"vertical", mark.vertical},
          {"corners", corners},
          {"centres", centres}};
}

int bulk(const Options& options, const std::filesystem::path& out, int count, std::uint64_t seed) {
  const std::string shelf = options.at("--fonts");
  const Fonts fonts(shelf == "demo" ? Shelf::demo : shelf == "held_out" ? Shelf::held_out : Shelf::training);
  std::ofstream pictures(out / "pictures.bin", std::ios::binary);
  std::ofstream truth(out / "truth.jsonl");
  std::size_t offset = 0;
  for (int i = 0; i < count; ++i) {
    Dice dice(seed * 1'000'003 + static_cast<std::uint64_t>(i));
    Rendered rendered;
    int quality = 92;  // a patch has been through a file already
    if (options.at("--kind") == "patches") {
      rendered = render_patch(fonts, dice);
    } else {
      const Scene scene = wild_scene(fonts, dice);
      rendered = render(scene, fonts);
      quality = scene.weather.jpeg;
    }
    std::vector<uchar> bytes;
    cv::imencode(".jpg", rendered.picture, bytes, {cv::IMWRITE_JPEG_QUALITY, quality});
    pictures.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    nlohmann::json marks = nlohmann::json::array();
    for (const Mark& mark : rendered.marks) marks.push_back(as_json(mark));
    truth << nlohmann::json{{"offset", offset},
                            {"bytes", bytes.size()},
                            {"width", rendered.picture.cols},
                            {"height", rendered.picture.rows},
                            {"marks", marks}}
          << '\n';
    offset += bytes.size();
  }
  return pictures.flush() && truth.flush() ? 0 : 1;
}

int trucks(const std::filesystem::path& out, int count, std::uint64_t seed) {
  std::ofstream codes(out / "containers.csv");
  std::ofstream plates(out / "plates.csv");
  codes << "file,code,sizetype\n";
  plates << "file,plate\n";
  for (int i = 0; i < count; ++i) {
    const TruckLook look = any_truck(seed, i / 4, static_cast<View>(i % 4));
    const std::string name = std::to_string(100000 + i).substr(1) + ".jpg";
    std::ofstream(out / name, std::ios::binary) << truck_jpeg(look);
    if (look.view == View::front)
      plates << name << ',' << core::normalise_plate(look.plate) << '\n';
    else
      codes << name << ',' << look.container << ',' << look.size_type << '\n';
  }
  return codes.flush() && plates.flush() ? 0 : 1;
}

}  // namespace

int render_command(int argc, char** argv) try {
  Options options = {
      {"--out", ""}, {"--kind", "scenes"}, {"--count", "10"}, {"--seed", "1"}, {"--fonts", "training"}};
  for (int i = 1; i < argc; i += 2) {
    if (!options.contains(argv[i]) || i + 1 >= argc) {
      std::cerr << "render: " << argv[i] << ": no such option, or no value for it\n";
      return 2;
    }
    options[argv[i]] = argv[i + 1];
  }
  const std::filesystem::path out = options["--out"];
  if (out.empty()) {
    std::cerr << "render: say where to: --out DIR\n";
    return 2;
  }
  std::filesystem::create_directories(out);
  const int count = std::stoi(options["--count"]);
  const std::uint64_t seed = std::stoull(options["--seed"]);
  return options["--kind"] == "trucks" ? trucks(out, count, seed) : bulk(options, out, count, seed);
} catch (const std::exception& error) {
  std::cerr << "render: " << error.what() << '\n';
  return 1;
}

}  // namespace world
