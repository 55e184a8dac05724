// EIO, short writes and a full disk, at every write and sync of a decision and of a snapshot.
#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include "tests/fault/life.hpp"

namespace {

using namespace fault;
using syncing_test::TempFolder;
using testing::IsEmpty;

struct Trouble {
  Act during;
  Harm harm;
  bool lasting;  // until the step is over; else once
  syncing::Building building = syncing::Building::at_once;
};

void PrintTo(const Trouble& trouble, std::ostream* out) {
  *out << "act " << static_cast<int>(trouble.during) << " harm " << static_cast<int>(trouble.harm)
       << (trouble.lasting ? " lasting" : " once")
       << (trouble.building == syncing::Building::aside ? " aside" : "");
}

bool changes(Access access) { return access != Access::close; }

/// Which access comes next to harm. With two threads their order is another one each time anyway.
int after(int n, const Trouble& trouble) {
  return n + (trouble.building == syncing::Building::aside ? 5 : 1);
}

class ADisk : public testing::TestWithParam<Trouble> {
 protected:
  /// A day that has begun, and a copy of its folder for each n.
  ADisk() {
    spdlog::set_level(spdlog::level::off);
    begun_.begin_life();
    Life life(begun_, morning_.path(), disk_, silent_, GetParam().building);
    for (int i = 0; i < 20; ++i) expect_step(life);
  }
  ~ADisk() override { spdlog::set_level(spdlog::level::info); }

  static void expect_step(Life& life) {
    if (!life.step()) throw std::runtime_error("a step was not taken on a sound disk");
  }

  /// The day goes on in `folder` until a step of the wanted kind is next.
  void go_on(Life& life, const Story& story) {
    if (const auto wrong = life.look(); !wrong.empty()) throw std::runtime_error(wrong.front());
    while (story.next().act != GetParam().during) expect_step(life);
  }

  void copy_to(const TempFolder& folder) {
    disk_.settle();
    for (const auto& entry : std::filesystem::directory_iterator(morning_.path()))
      if (entry.is_regular_file()) std::filesystem::copy(entry.path(), folder.path());
  }

  Disk disk_{"harmed"};
  const Life::Tell silent_ = [](const std::string&) {};
  const TempFolder morning_;
  Story begun_{20261122};

  /// Harms the n-th change of the next step. False: the step had no such change.
  bool harm(Life& life, int n, bool& taken) {
    int seen = 0;
    disk_.watch([this, &seen, n](Access access, std::string_view, bool done) {
      if (done || !changes(access)) return Harm::none;
      ++seen;
      return seen == n || (GetParam().lasting && seen > n) ? GetParam().harm : Harm::none;
    });
    taken = life.step();
    disk_.watch(nullptr);
    return seen >= n;
  }

  /// One life in a copy of the begun day: harmed at the n-th change, then what `after` does, who learns
  /// whether the step was taken. False as with harm.
  bool harmed_life(const TempFolder& folder, Story& story, int n,
                   const std::function<void(Life&, bool)>& after) {
    copy_to(folder);
    story.begin_life();
    Life life(story, folder.path(), disk_, silent_, GetParam().building);
    go_on(life, story);
    bool taken = false;
    const bool reached = harm(life, n, taken);
    after(life, taken);
    return reached;
  }

  /// What a life that comes after finds amiss.
  [[nodiscard]] std::vector<std::string> next_look(const TempFolder& folder, Story& story) {
    story.begin_life();
    Life life(story, folder.path(), disk_, silent_, GetParam().building);
    return life.look();
  }
};

TEST_P(ADisk, ThatFailsAtAnyWriteLosesNothingAndTheLaneGoesOn) {
  bool reached = true;
  for (int n = 1; reached; n = after(n, GetParam())) {
    const TempFolder folder;
    Story story = begun_;
    reached = harmed_life(folder, story, n, [n](Life& life, bool taken) {
      EXPECT_TRUE(taken || life.again()) << "the disk is sound again, at access " << n;
      const int more = n % 2 == 0 ? 3 : 0;  // a snapshot among them would cover up what the harmed one left
      for (int i = 0; i < more; ++i) EXPECT_TRUE(life.step()) << "after access " << n;
    });
    EXPECT_THAT(next_look(folder, story), IsEmpty()) << "after access " << n;
  }
}

TEST_P(ADisk, ThatFailsAtAnyWriteBeforeThePowerGoesLosesNothing) {
  bool reached = true;
  Random random(7);
  for (int n = 1; reached; n = after(n, GetParam())) {
    const TempFolder folder;
    Story story = begun_;
    reached = harmed_life(folder, story, n, [this](Life&, bool) { disk_.cut_power(); });
    disk_.restore_power(folder.path().string(), random);
    EXPECT_THAT(next_look(folder, story), IsEmpty()) << "after access " << n;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Harmed, ADisk,
    testing::Values(Trouble{Act::enter, Harm::broken, false}, Trouble{Act::enter, Harm::short_write, false},
                    Trouble{Act::enter, Harm::full, true}, Trouble{Act::leave, Harm::full, true},
                    Trouble{Act::updates, Harm::broken, false}, Trouble{Act::snapshot, Harm::broken, false},
                    Trouble{Act::snapshot, Harm::short_write, false},
                    Trouble{Act::snapshot, Harm::full, true},
                    Trouble{Act::snapshot, Harm::broken, false, syncing::Building::aside},
                    Trouble{Act::snapshot, Harm::full, true, syncing::Building::aside}));

}  // namespace
