#include "tests/fault/cuts.hpp"

#include <optional>
#include <stdexcept>

#include <spdlog/spdlog.h>

#include "tests/fault/life.hpp"

namespace fault {
namespace {

constexpr int kCutsOfAFolder = 8;

/// Lives until the power goes; gives what is wrong.
std::vector<std::string> live(Story& story, const std::filesystem::path& folder, Disk& disk,
                              syncing::Building building) {
  try {
    Life life(
        story, folder, disk, [](const std::string&) {}, building);
    if (auto wrong = life.look(); !wrong.empty() && !disk.dead()) return wrong;
    while (!disk.dead())
      if (!life.step() && !disk.dead()) return {"a step was not taken"};
  } catch (const std::logic_error& error) {
    return {error.what()};
  } catch (const std::exception& error) {
    if (!disk.dead()) return {error.what()};
  }
  return {};
}

}  // namespace

Cut cut_often(std::uint64_t seed, int runs, bool lying) {
  spdlog::set_level(spdlog::level::off);
  Cut cut;
  Random random(seed);
  Disk disk("power");
  disk.lie_about_sync(lying);
  std::optional<syncing_test::TempFolder> folder;
  std::optional<Story> story;
  for (; cut.runs < runs && cut.wrong.empty(); ++cut.runs) {
    if (cut.runs % kCutsOfAFolder == 0) {
      folder.emplace();
      story.emplace(random());
    }
    int left = chance(random, 1, 400);
    disk.watch([&disk, &left](Access, std::string_view, bool) {
      if (--left == 0) disk.cut_power();
      return Harm::none;
    });
    story->begin_life();
    const auto building = one_of_two(random, syncing::Building::at_once, syncing::Building::aside);
    for (const auto& wrong : live(*story, folder->path(), disk, building))
      cut.wrong.push_back("run " + std::to_string(cut.runs) + ": " + wrong);
    disk.cut_power();
    disk.restore_power(folder->path().string(), random);
  }
  spdlog::set_level(spdlog::level::info);
  return cut;
}

}  // namespace fault
