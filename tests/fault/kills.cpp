#include "tests/fault/kills.hpp"

#include <algorithm>
#include <csignal>
#include <optional>
#include <stdexcept>

#include <spdlog/spdlog.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/fault/life.hpp"
#include "tests/sync/fixture.hpp"

namespace fault {
namespace {

constexpr int kStepsOfALife = 30;
constexpr int kLivesOfAFolder = 8;

/// An access that stands for a moment in the life of the stores.
struct Point {
  const char* name;
  std::optional<Act> during;
  Access access;
  const char* file;
  bool done;  // killed after it, else before
  int most;   // at the first such access of a life, or at one up to this; a transaction writes many pages
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
    {"while a snapshot is built", Act::snapshot, Access::write, "replica.db.next-wal", true, 24},
    {"when a snapshot is whole", Act::snapshot, Access::close, "replica.db.next", true, 2},
    {"before the swap", Act::snapshot, Access::close, "replica.db", true, 2},
    {"after the swap", Act::snapshot, Access::open, "replica.db", false, 2},
};

/// How one process ends: at the n-th time that it comes to a point, or at the n-th access in any steps of a
/// kind, or after it said so many lines.
struct End {
  const Point* point = nullptr;
  std::optional<Act> during{};
  int access = 0;
  int lines = 0;
};

/// `turn`: of the named points, whose turn it is.
End end_of(int run, std::size_t turn, Random& random) {
  if (run % 6 == 0) return {.lines = chance(random, 1, 80)};
  if (run % 6 == 3)
    return {.during = static_cast<Act>(chance(random, 0, static_cast<int>(Act::tick))),
            .access = chance(random, 1, 60)};
  const Point& point = kPoints[turn % std::size(kPoints)];
  return {.point = &point, .access = chance(random, 1, point.most)};
}

[[noreturn]] void die() {
  ::kill(::getpid(), SIGKILL);
  for (;;) ::pause();
}

/// In the child: lives until it is killed, at the latest after `kStepsOfALife`.
[[noreturn]] void live(Story story, const std::filesystem::path& folder, const End& end, int pipe) {
  spdlog::set_level(spdlog::level::off);
  const auto tell = [pipe](const std::string& line) {
    const std::string text = line + "\n";
    if (::write(pipe, text.data(), text.size()) < 0) die();
  };
  Disk disk("killed");
  std::optional<Act> act;
  int left = end.access;
  disk.watch([&](Access access, std::string_view file, bool done) {
    const Point* point = end.point;
    const bool here =
        point ? access == point->access && file == point->file && done == point->done && act == point->during
              : end.access > 0 && act == end.during;
    if (!here || --left != 0) return Harm::none;
    if (point) tell(std::string("killed ") + point->name);
    die();
  });
  try {
    Life life(story, folder, disk, tell);
    for (const auto& wrong : life.look()) tell("wrong " + wrong);
    for (int i = 0; i < kStepsOfALife; ++i) {
      act = story.next().act;
      if (!life.step()) tell("wrong: step " + std::to_string(story.steps() + 1) + " was not taken");
    }
  } catch (const std::exception& exception) {
    tell(std::string("wrong: ") + exception.what());
  }
  die();
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t from = 0, to = 0; (to = text.find('\n', from)) != std::string::npos; from = to + 1)
    lines.push_back(text.substr(from, to - from));
  return lines;
}

/// All that the child said before it died. Killed from here once it has said `most` lines; 0: it dies by
/// itself.
std::string listen(int pipe, pid_t child, int most) {
  std::string text;
  char buffer[4096];
  for (ssize_t got = 0; (got = ::read(pipe, buffer, sizeof buffer)) > 0;) {
    text.append(buffer, static_cast<std::size_t>(got));
    if (most > 0 && std::count(text.begin(), text.end(), '\n') >= most) ::kill(child, SIGKILL);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGKILL) text += "wrong: it died of something else\n";
  return text;
}

std::string run_one(const Story& story, const std::filesystem::path& folder, const End& end) {
  int pipe[2];
  if (::pipe(pipe) != 0) throw std::runtime_error("no pipe");
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("cannot fork");
  if (child == 0) {
    ::close(pipe[0]);
    live(story, folder, end, pipe[1]);
  }
  ::close(pipe[1]);
  std::string said = listen(pipe[0], child, end.lines);
  ::close(pipe[0]);
  return said;
}

}  // namespace

std::vector<std::string> kill_points() {
  std::vector<std::string> names;
  for (const auto& point : kPoints) names.emplace_back(point.name);
  return names;
}

Killed kill_often(std::uint64_t seed, int runs) {
  Killed killed;
  Random random(seed);
  std::optional<syncing_test::TempFolder> folder;
  std::optional<Story> story;
  std::size_t turn = 0;  // goes on once somebody was killed there
  for (; killed.runs < runs && killed.wrong.empty(); ++killed.runs) {
    if (killed.runs % kLivesOfAFolder == 0) {
      folder.emplace();
      story.emplace(random());
    }
    story->begin_life();
    for (const auto& line : lines_of(run_one(*story, folder->path(), end_of(killed.runs, turn, random)))) {
      if (line.starts_with("killed ")) ++killed.at[line.substr(7)], ++turn;
      if (line.starts_with("wrong"))
        killed.wrong.push_back("run " + std::to_string(killed.runs) + " " + line);
      try {
        story->hear(line);
      } catch (const std::exception& exception) {
        killed.wrong.emplace_back(exception.what());
      }
    }
  }
  return killed;
}

}  // namespace fault
