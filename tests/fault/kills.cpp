#include "tests/fault/kills.hpp"

#include <optional>

#include "tests/fault/child.hpp"
#include "tests/fault/life.hpp"
#include "tests/sync/fixture.hpp"

namespace fault {
namespace {

using syncing::Building;

constexpr int kStepsOfALife = 30;
constexpr int kLivesOfAFolder = 8;

/// What the next life must find of the step that was cut off.
enum class Left { either, undone, done };

/// Whether it is only there while parts of a snapshot are stored, and by which thread.
enum class Storing { either, yes, aside };

/// An access that stands for a moment in the life of the stores.
struct Point {
  const char* name;
  Act during;
  Access access;
  const char* file;
  bool done;  // killed after it, else before
  int most;   // at the first such access of a life, or at one up to this; a transaction writes many pages
  Left left = Left::either;
  Storing storing = Storing::either;
};

constexpr Point kPoints[] = {
    {"before the journal's write", Act::enter, Access::write, "journal.db-wal", false, 24},
    {"after the journal's write", Act::enter, Access::write, "journal.db-wal", true, 24},
    {"before the commit", Act::enter, Access::sync, "journal.db-wal", false, 2},
    {"after the commit", Act::enter, Access::sync, "journal.db-wal", true, 2},
    {"before a right is used for good", Act::leave, Access::sync, "journal.db-wal", false, 2},
    {"after a right is used for good", Act::leave, Access::sync, "journal.db-wal", true, 2},
    {"before the receipt is taken", Act::receipt, Access::write, "journal.db-wal", false, 4},
    {"after the receipt is taken", Act::receipt, Access::sync, "journal.db-wal", true, 2},
    {"before a batch is written", Act::updates, Access::write, "replica.db-wal", false, 24},
    {"after a batch is written", Act::updates, Access::write, "replica.db-wal", true, 24},
    {"before the floor is raised", Act::updates, Access::write, "journal.db-wal", false, 4},
    {"after the floor is raised", Act::updates, Access::sync, "journal.db-wal", true, 2},
    {"while a part of a snapshot is stored", Act::snapshot, Access::write, "replica.db.next", true, 12,
     Left::undone, Storing::yes},
    {"while a part of a snapshot is stored aside", Act::snapshot, Access::write, "replica.db.next", true, 12,
     Left::undone, Storing::aside},
    {"before a snapshot is on the disk", Act::snapshot, Access::sync, "replica.db.next", false, 1,
     Left::undone, Storing::yes},
    {"when a snapshot is whole", Act::snapshot, Access::close, "replica.db.next", true, 2, Left::undone,
     Storing::yes},
    {"before the swap", Act::snapshot, Access::close, "replica.db", true, 2, Left::undone, Storing::yes},
    {"after the swap", Act::snapshot, Access::open, "replica.db", false, 2, Left::done, Storing::yes},
};

/// How one process lives and ends: at the n-th time that it comes to a point, or at the n-th access in any
/// steps of a kind, or after it said so many lines.
struct End {
  Building building = Building::at_once;
  const Point* point = nullptr;
  std::optional<Act> during{};
  int access = 0;
  int lines = 0;
};

/// `turn`: of the named points, whose turn it is.
End end_of(int run, std::size_t turn, Random& random) {
  const auto building = one_of_two(random, Building::at_once, Building::aside);
  if (run % 6 == 0) return {.building = building, .lines = chance(random, 1, 80)};
  if (run % 6 == 3)
    return {.building = building,
            .during = static_cast<Act>(chance(random, 0, static_cast<int>(Act::tick))),
            .access = chance(random, 1, 60)};
  const Point& point = kPoints[turn % std::size(kPoints)];
  return {.building = point.storing == Storing::aside ? Building::aside : building,
          .point = &point,
          .access = chance(random, 1, point.most)};
}

/// In the child: lives until it is killed, at the latest after `kStepsOfALife`.
void live(Story story, const std::filesystem::path& folder, const End& end, const Child::Say& say) {
  Disk disk("killed");
  std::optional<Act> act;
  std::optional<Life> life;
  int left = end.access;
  disk.watch([&](Access access, std::string_view file, bool done) {
    const Point* point = end.point;
    const bool here = point
                          ? access == point->access && file == point->file && done == point->done &&
                                act == point->during && (point->storing == Storing::either || life->storing())
                          : end.access > 0 && act == end.during;
    if (!here || --left != 0) return Harm::none;
    if (point) say(std::string("killed ") + point->name);
    die();
  });
  life.emplace(story, folder, disk, say, end.building);
  for (const auto& wrong : life->look()) say("wrong " + wrong);
  for (int i = 0; i < kStepsOfALife; ++i) {
    act = story.next().act;
    if (!life->step()) say("wrong: step " + std::to_string(story.steps() + 1) + " was not taken");
  }
  die();
}

/// A point that is not where its name says is found out by what is there afterwards.
std::optional<std::string> misplaced(const Point& point, const std::string& found) {
  if (point.left == Left::either ||
      found.starts_with(point.left == Left::done ? "found with " : "found without "))
    return std::nullopt;
  return std::string("killed ") + point.name + ", and " + found;
}

}  // namespace

std::vector<std::string> kill_points() {
  std::vector<std::string> names;
  for (const auto& point : kPoints) names.emplace_back(point.name);
  return names;
}

std::vector<std::string> never_met(const Killed& killed, const std::vector<std::string>& names) {
  std::vector<std::string> never;
  for (const auto& name : names)
    if (!killed.at.contains(name)) never.push_back(name);
  return never;
}

Killed kill_often(std::uint64_t seed, int runs) {
  Killed killed;
  Random random(seed);
  std::optional<syncing_test::TempFolder> folder;
  std::optional<Story> story;
  std::size_t turn = 0;           // goes on once somebody was killed there
  const Point* before = nullptr;  // where the life before this one ended
  for (; killed.runs < runs && killed.wrong.empty(); ++killed.runs) {
    if (killed.runs % kLivesOfAFolder == 0) {
      folder.emplace();
      story.emplace(random());
      before = nullptr;
    }
    const auto wrong = [&killed](const std::string& what) {
      killed.wrong.push_back("run " + std::to_string(killed.runs) + " " + what);
    };
    story->begin_life();
    const End end = end_of(killed.runs, turn, random);
    const auto lines =
        Child::lines_of([&](const Child::Say& say) { live(*story, folder->path(), end, say); }, end.lines);
    const Point* last = std::exchange(before, nullptr);
    for (const auto& line : lines) {
      if (line.starts_with("wrong")) wrong(line);
      if (line.starts_with("found ") && last)
        if (const auto what = misplaced(*last, line)) wrong(*what);
      if (line.starts_with("killed ")) {
        ++killed.at[line.substr(7)];
        ++turn;
        before = end.point;
      }
      try {
        story->hear(line);
      } catch (const std::exception& exception) {
        wrong(exception.what());
      }
    }
  }
  return killed;
}

}  // namespace fault
