// Bits that flip in the files of a gate: of its journal, of its replica, of their logs, of the mark beside
// the journal. What stands in the damaged file may be lost; what may not be is that anybody is let through
// for it.
#include <atomic>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include "tests/fault/reference.hpp"
#include "tests/fault/trial.hpp"

namespace fs = std::filesystem;
using fault::chance;
using fault::Random;
using fault::Trial;
using testing::IsEmpty;

namespace {

constexpr int kRuns = 300;

struct Flipped {
  std::string file;
  std::string where;  // for people
};

/// One to three bits of one of the gate's files, each in a byte that is not 0 where that is easily found:
/// most of a database's page is often empty.
Flipped flip(const fs::path& folder, Random& random) {
  std::vector<fs::path> files;
  for (const char* name :
       {"journal.db", "journal.db", "journal.db-wal", "replica.db", "replica.db-wal", "journal.db.mark"})
    if (fs::exists(folder / name) && fs::file_size(folder / name) > 0) files.push_back(folder / name);
  const fs::path path =
      files[static_cast<std::size_t>(chance(random, 0, static_cast<int>(files.size()) - 1))];
  Flipped flipped{path.filename().string(), path.filename().string()};
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  const auto size = static_cast<int>(fs::file_size(path));
  for (int bits = chance(random, 1, 3); bits > 0; --bits) {
    int at = 0;
    char byte = 0;
    for (int look = 0; look < 8 && byte == 0; ++look) {
      at = chance(random, 0, size - 1);
      file.seekg(at);
      byte = static_cast<char>(file.get());
    }
    file.seekp(at);
    file.put(static_cast<char>(byte ^ (1 << chance(random, 0, 7))));
    flipped.where += " " + std::to_string(at);
  }
  return flipped;
}

struct Outcome {
  int refused_to_start = 0;
  int restricted = 0;
  std::vector<std::string> wrong{};
};

/// A gate on those files does what gates do, and stops and starts once more.
void live_with(Trial& trial, const Flipped& flipped, Outcome& outcome) {
  const auto add = [&outcome, &flipped](const std::vector<std::string>& found) {
    for (const auto& one : found) outcome.wrong.push_back(flipped.where + ", " + one);
  };
  try {
    trial.start();
    add(trial.wrongly_granted("at once"));
    outcome.restricted += trial.mode() == core::Mode::restricted ? 1 : 0;
    add(trial.taken_twice());
    (**trial.appliance).inspect(std::atomic<bool>(false));  // as the room does beside everything else
    trial.appliance->settle();
    trial.talk(true, 2);
    add(trial.wrongly_granted("once the platform answered"));
    const auto report = trial.appliance->report();
    if (report.outbox > 0 && report.journal_sound) add({"events wait for ever, and nobody is told"});
    trial.stop();
    trial.start();
    add(trial.wrongly_granted("after another start"));
    if (flipped.file.starts_with("replica") && !trial.decides_as_ever())
      add({"the damage was not found, and a right stays hidden"});
    trial.stop();
  } catch (const std::runtime_error&) {
    ++outcome.refused_to_start;
    trial.appliance.reset();
  }
}

}  // namespace

TEST(FlippedBits, NeverLetAnybodyThroughWhoWouldNotHaveBeen) {
  spdlog::set_level(spdlog::level::off);
  Trial trial;
  Random random(20261123);
  Outcome outcome;
  for (int run = 0; run < kRuns; ++run) {
    trial.put_there(run % 2 == 0 ? Trial::Files::stopped : Trial::Files::running);
    live_with(trial, flip(trial.folder.path(), random), outcome);
  }
  spdlog::set_level(spdlog::level::info);
  EXPECT_THAT(outcome.wrong, IsEmpty());
  EXPECT_GT(outcome.refused_to_start, 10) << "damage of the journal that only a back-up helps against";
  EXPECT_GT(outcome.restricted, 10) << "damage that refers";
}
