// kill -9 on the way out after a journal was put back or put aside.
#include <optional>

#include <spdlog/spdlog.h>

#include "tests/fault/child.hpp"
#include "tests/fault/disk.hpp"
#include "tests/fault/kills.hpp"
#include "tests/fault/reference.hpp"
#include "tests/fault/restored.hpp"

namespace fault {
namespace {

namespace fs = std::filesystem;
using core::ClaimState;
using core::EventKind;
using syncing_test::Sent;

/// An access while the platform does something ("start": nothing yet), and a question to the journal whose
/// answer, 0 or 1, says that this is where the name says.
struct RestorePoint {
  const char* name;
  const char* while_it;
  Access access;
  const char* file;
  bool done;
  int most;
  const char* question;
  int answer;
};

constexpr const char* kAnew = "SELECT count(*) > 0 FROM lacks";
constexpr const char* kTold = "SELECT count(*) > 0 FROM lack WHERE epoch IS NOT NULL";

constexpr RestorePoint kRestorePoints[] = {
    {"before a restored journal has its new name", "start", Access::write, "journal.db-wal", false, 2, kAnew,
     0},
    {"before the new name is on the disk", "start", Access::sync, "journal.db-wal", false, 1, kAnew, 0},
    {"after the new name is on the disk", "go on", Access::write, "journal.db-wal", false, 1, kAnew, 1},
    {"before what was told is taken", "tell", Access::write, "journal.db-wal", false, 1, kTold, 0},
    {"after what was told is taken", "tell", Access::sync, "journal.db-wal", true, 2, kTold, 1},
    {"while the stream tells what was used", "go on", Access::write, "replica.db-wal", true, 8, kAnew, 1},
};

/// The state of things when the journal has just been put back, or put aside: `used` 1 and 2, 3 inside; the
/// copy knows of 1 alone.
class Case {
 public:
  explicit Case(bool aside) {
    gate_.start();
    write(1, ClaimState::used, EventKind::gate_out);
    gate_.talk();
    gate_.stop();
    gate_.keep();
    gate_.start();
    write(2, ClaimState::used, EventKind::gate_out);
    write(3, ClaimState::claimed, EventKind::granted);
    gate_.talk();
    gate_.stop();
    aside ? gate_.put_aside() : gate_.put_back();
    fs::copy(gate_.folder.path(), before_.path(), fs::copy_options::recursive);
    book_ = gate_.book;
    stream_ = gate_.stream;
  }

  std::vector<std::string> run(const RestorePoint& point, int access, bool& met) {
    begin_again();
    std::vector<std::string> wrong;
    for (const auto& line : Child::lines_of([&](const Child::Say& say) { live(point, access, say); })) {
      if (line.starts_with("wrong")) wrong.push_back(line);
      if (line == "answer") static_cast<void>(gate_.answer());  // as the child's platform did
      if (line == "killed") met = true;
      if (line.starts_with("sent ")) {
        const std::size_t end = line.find(' ', 5);
        gate_.take(Sent{.topic = line.substr(5, end - 5), .payload = line.substr(end + 1)});
      }
    }
    if (met && asked(point) != point.answer) wrong.push_back(std::string("it was not ") + point.name);
    come_out(wrong);
    return wrong;
  }

 private:
  void write(int number, ClaimState state, EventKind kind) {
    if (!gate_.write(number, state, kind)) throw std::runtime_error("a sound journal was not written");
  }

  void begin_again() {
    fs::remove_all(gate_.folder.path());
    fs::copy(before_.path(), gate_.folder.path(), fs::copy_options::recursive);
    gate_.book = book_;
    gate_.stream = stream_;
    gate_.status.reset();
    gate_.receipts.clear();
  }

  /// In the child.
  void live(const RestorePoint& point, int access, const Child::Say& say) {
    Disk disk("restored");
    std::string doing = "start";
    disk.watch([&](Access what, std::string_view file, bool done) {
      if (doing != point.while_it || what != point.access || file != point.file || done != point.done ||
          --access != 0)
        return Harm::none;
      say("killed");
      die();
    });
    gate_.overheard = [&say](const Sent& sent) { say("sent " + sent.topic + " " + sent.payload); };
    gate_.doing = [&](const char* what) {
      doing = what;
      if (doing == "answer") say(doing);
    };
    gate_.start(disk.name());
    gate_.talk();
    die();
  }

  std::int64_t asked(const RestorePoint& point) {
    const auto journal = syncing::open_reader(gate_.folder / "journal.db");
    if (!journal) return 0;
    try {
      return (*journal)->number(point.question);
    } catch (const std::exception&) {
      return 0;  // nothing was written yet
    }
  }

  void come_out(std::vector<std::string>& wrong) {
    const auto must = [&wrong](bool so, const std::string& what) {
      if (!so) wrong.push_back(what);
    };
    gate_.start();
    must(!gate_.is_free(2), "a used right was free before the platform had told of it");
    gate_.talk();
    must(gate_.mode() == core::Mode::online, "it never came out");
    for (const int taken : {1, 2, 3}) must(!gate_.is_free(taken), name(taken) + " was free");
    must(gate_.is_free(4), "what nobody used was not free");
    must(gate_.book.conflicts().empty() && gate_.book.holes().empty(), "the platform's book has holes");
    must(gate_.appliance->report().outbox == 0, "an event has no receipt");
    for (const auto& one : gate_.wrong) wrong.push_back(one);
    gate_.stop();
  }

  RestoredGate gate_;
  syncing_test::TempFolder before_;
  world::EventBook book_;
  world::StreamBook stream_;
};

}  // namespace

std::vector<std::string> restore_points() {
  std::vector<std::string> names;
  for (const auto& point : kRestorePoints) names.emplace_back(point.name);
  return names;
}

Killed kill_restores(std::uint64_t seed, int runs) {
  spdlog::set_level(spdlog::level::off);
  Killed killed;
  Random random(seed);
  Case put_back(false), put_aside(true);
  std::size_t turn = 0;
  for (; killed.runs < runs && killed.wrong.empty(); ++killed.runs) {
    const RestorePoint& point = kRestorePoints[turn % std::size(kRestorePoints)];
    const bool aside = turn / std::size(kRestorePoints) % 2 == 1;
    bool met = false;
    for (const auto& wrong : (aside ? put_aside : put_back).run(point, chance(random, 1, point.most), met))
      killed.wrong.push_back("restore " + std::to_string(killed.runs) + ", " + point.name + ": " + wrong);
    if (met) ++killed.at[point.name];
    ++turn;
  }
  spdlog::set_level(spdlog::level::info);
  return killed;
}

}  // namespace fault
