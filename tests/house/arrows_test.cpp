// The house's arrows, executable: which room may include which.
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace {

namespace fs = std::filesystem;

/// Rooms by their folder, and the folders whose headers they may include beside their own.
const std::map<std::string, std::set<std::string>> arrows = {
    {"gate/core", {}},
    {"gate/bytes", {}},
    {"gate/audit", {"gate/core", "gate/bytes"}},
    {"gate/canon", {"gate/core"}},
    {"gate/casefile", {"gate/core", "gate/canon"}},
    {"gate/ports", {"gate/core", "gate/audit"}},
    {"gate/lane", {"gate/core", "gate/ports", "gate/casefile", "gate/canon"}},
    {"gate/console", {"gate/core", "gate/ports", "gate/casefile", "gate/canon"}},
    // drivers/camera: a technician points a camera whether or not the daemon runs, so gatectl asks it itself.
    {"gate/ctl",
     {"gate/core", "gate/bytes", "gate/audit", "gate/canon", "gate/casefile", "config", "drivers/camera",
      "drivers/reader"}},
    {"drivers/barrier", {"gate/core", "gate/ports", "config", "drivers/handoff"}},
    {"drivers/camera", {"gate/core", "gate/ports", "config", "drivers/handoff"}},
    {"drivers/badge", {"gate/core", "gate/bytes", "gate/ports", "config"}},
    {"drivers/handoff", {"gate/core"}},
    {"drivers/wallclock", {"gate/core", "gate/ports"}},
    {"drivers/reader", {"gate/core", "gate/ports"}},
    {"drivers/sim", {"gate/core", "gate/ports"}},
    {"sync", {"gate/core", "gate/ports", "gate/canon", "gate/bytes", "gate/audit"}},
    {"config", {"gate/core"}},
};

std::string room_of(const std::string& path) {
  std::string best;
  for (const auto& [room, allowed] : arrows)
    if (path.rfind(room + "/", 0) == 0 && room.size() > best.size()) best = room;
  return best;
}

std::vector<std::string> wrong_arrows(const std::string& file, std::istream& text) {
  std::vector<std::string> wrong;
  const std::string from = room_of(file);
  std::string line;
  for (int number = 1; std::getline(text, line); ++number) {
    if (line.rfind("#include \"", 0) != 0) continue;
    const std::string header = line.substr(10, line.find('"', 10) - 10);
    const std::string to = room_of(header);
    if (to.empty() || to == from || arrows.at(from).contains(to)) continue;
    wrong.push_back(file + ":" + std::to_string(number) + ": " + from + " must not include " + header);
  }
  return wrong;
}

bool is_code(const fs::path& path) { return path.extension() == ".hpp" || path.extension() == ".cpp"; }

}  // namespace

TEST(Arrows, NoRoomIncludesARoomItMustNotKnow) {
  const fs::path source = GATEHOUSE_SOURCE;
  int files = 0;
  for (const char* top : {"gate", "drivers", "sync", "config"})
    for (const auto& entry : fs::recursive_directory_iterator(source / top)) {
      const std::string file = fs::relative(entry.path(), source).generic_string();
      if (!is_code(entry.path()) || fs::path(file).parent_path() == "gate")
        continue;  // gate/main.cpp knows everyone
      ASSERT_NE(room_of(file), "") << file << " lies in no room: name the room here or move the file";
      std::ifstream text(entry.path());
      for (const auto& wrong : wrong_arrows(file, text)) ADD_FAILURE() << wrong;
      ++files;
    }
  EXPECT_GT(files, 50);
}

TEST(Arrows, AWrongArrowIsFound) {
  std::istringstream lane("#include \"gate/console/server.hpp\"\n#include \"gate/core/verify.hpp\"\n");
  EXPECT_EQ(
      wrong_arrows("gate/lane/lane.cpp", lane),
      std::vector<std::string>{"gate/lane/lane.cpp:1: gate/lane must not include gate/console/server.hpp"});
  std::istringstream driver("#include \"sync/journal/journal.hpp\"\n");
  EXPECT_EQ(wrong_arrows("drivers/badge/line.cpp", driver).size(), 1u);
}

TEST(Arrows, TheCoreKnowsNoClockNoThreadNoFileAndNoJson) {
  const std::set<std::string> forbidden = {"<thread>",     "<mutex>", "<fstream>",   "<iostream>",
                                           "<filesystem>", "<ctime>", "<boost/asio", "<nlohmann",
                                           "<sqlite",      "<random>"};
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(GATEHOUSE_SOURCE) / "gate/core")) {
    if (!is_code(entry.path())) continue;
    std::ifstream file(entry.path());
    const std::string text(std::istreambuf_iterator<char>(file), {});
    for (const auto& word : forbidden)
      EXPECT_EQ(text.find(word), std::string::npos) << entry.path() << " names " << word;
    EXPECT_EQ(text.find("::now()"), std::string::npos) << entry.path() << " asks what time it is";
  }
}
