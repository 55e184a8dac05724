// Reads that fail, and reads that give other bytes than were written, at every read of a decision, of the
// stream and of a start.
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include "tests/fault/disk.hpp"
#include "tests/fault/trial.hpp"

using namespace fault;
using testing::IsEmpty;

namespace {

/// What the gate is at when a read comes to harm.
enum class At { claiming, using_up, updates, snapshot, start };

struct Trouble {
  At at;
  Harm harm;
  bool lasting;  // until the step is over; else once
};

void PrintTo(const Trouble& trouble, std::ostream* out) {
  constexpr const char* names[] = {"claiming", "using_up", "updates", "snapshot", "start"};
  *out << names[static_cast<int>(trouble.at)] << (trouble.harm == Harm::flipped ? " flipped" : " broken")
       << (trouble.lasting ? " lasting" : " once");
}

class AnyRead : public testing::TestWithParam<Trouble> {
 protected:
  ~AnyRead() override { spdlog::set_level(spdlog::level::info); }

  void begin() {
    trial_.put_there(GetParam().at == At::start ? Trial::Files::running : Trial::Files::stopped);
    if (GetParam().at == At::start) return;
    trial_.start(disk_.name());
    ASSERT_TRUE(trial_.decides_as_ever()) << "before read " << n_;
    trial_.forget_pages();
  }

  /// Harms the n-th read of the step. False: it made no such read.
  bool harm() {
    int seen = 0;
    disk_.watch_reads([&seen, n = n_](Access, std::string_view, bool) {
      ++seen;
      return seen == n || (GetParam().lasting && seen > n) ? GetParam().harm : Harm::none;
    });
    taken_ = step();
    if (trial_.appliance) expect_nobody_wrongly("while reads were harmed");
    disk_.watch_reads(nullptr);
    return seen >= n_;
  }

  /// False: it was refused, and is for a sound disk.
  bool step() {
    switch (GetParam().at) {
      case At::claiming:
        return trial_.let_pass(Kind::free).has_value();
      case At::using_up:
        return trial_.let_pass(Kind::leaving).has_value();
      case At::updates:
        trial_.go_on();
        trial_.talk(true, 1);
        return true;
      case At::snapshot:
        trial_.begin_next_epoch();
        trial_.talk(true, 1);
        return true;
      case At::start:
        break;
    }
    try {
      trial_.start(disk_.name());
      return true;
    } catch (const std::runtime_error&) {
      trial_.appliance.reset();
      return false;
    }
  }

  void expect_nobody_wrongly(const std::string& when) {
    EXPECT_THAT(trial_.wrongly_granted(when), IsEmpty()) << "read " << n_;
  }

  /// Reads are sound again: what was refused is taken, and everybody is told what they would have been told.
  /// A lie may have been believed while the journal was written, and stand there for good: then it refers.
  void expect_to_recover() {
    if (!taken_ && GetParam().at == At::start) trial_.start(disk_.name());
    if (!taken_ && GetParam().at != At::start) {
      taken_ = step();
      EXPECT_TRUE(taken_ || GetParam().harm == Harm::flipped) << "read " << n_;
    }
    trial_.talk(true, 2);
    expect_nobody_wrongly("once reads were sound");
    EXPECT_TRUE(as_ever() || GetParam().harm == Harm::flipped) << "read " << n_;
    trial_.stop();
    try {
      trial_.start();
    } catch (const std::runtime_error&) {
      EXPECT_EQ(GetParam().harm, Harm::flipped) << "read " << n_;
      ++refers_for_good_;
      return;
    }
    if (!taken_ && GetParam().at != At::start) {
      EXPECT_TRUE(step() || !trial_.appliance->report().journal_sound) << "read " << n_;
    }
    trial_.talk(true, 2);
    expect_nobody_wrongly("after a start");
    if (!trial_.appliance->report().journal_sound) ++refers_for_good_;
    EXPECT_TRUE(as_ever() || !trial_.appliance->report().journal_sound) << "read " << n_;
    EXPECT_EQ(trial_.appliance->report().outbox, 0) << "read " << n_;
    EXPECT_THAT(trial_.book.holes(), IsEmpty());
    trial_.stop();
  }

  bool as_ever() {
    const bool entered = GetParam().at == At::claiming, left = GetParam().at == At::using_up;
    return trial_.decides_as_ever(entered ? Kind::free : left ? Kind::leaving : Kind::revoked);
  }

  const bool quiet_ = [] {
    spdlog::set_level(spdlog::level::off);
    return true;
  }();
  Disk disk_{"misread"};
  Trial trial_;
  int n_ = 1;
  bool taken_ = true;
  int refers_for_good_ = 0;
};

}  // namespace

/// One read of one truck's look-up, each of them, and nothing is remembered from before.
TEST(ARead, ThatComesToHarmWhileADecisionIsGatheredGrantsNothing) {
  spdlog::set_level(spdlog::level::off);
  Disk disk("gathering");
  Trial trial;
  int reads = 0;
  for (const Harm harm : {Harm::broken, Harm::flipped}) {
    for (const Kind kind : all_kinds()) {
      bool reached = true;
      for (int n = 1; reached; ++n, ++reads) {
        if (!trial.appliance || trial.mode() != core::Mode::online) {
          trial.put_there(Trial::Files::stopped);
          trial.start(disk.name());
        }
        trial.forget_pages();
        int seen = 0;
        disk.watch_reads([&](Access, std::string_view, bool) { return ++seen == n ? harm : Harm::none; });
        const bool granted = trial.decide(kind) == core::Decision::grant;
        disk.watch_reads(nullptr);
        reached = seen >= n;
        EXPECT_TRUE(!granted || Trial::may(kind)) << "kind " << static_cast<int>(kind) << ", read " << n;
        EXPECT_TRUE(harm == Harm::flipped || trial.decides_as_ever()) << "read " << n;
      }
    }
    trial.appliance.reset();
  }
  spdlog::set_level(spdlog::level::info);
  EXPECT_GT(reads, 100);
}

TEST_P(AnyRead, ThatComesToHarmAnywhereGrantsNothingAndTheGateRecovers) {
  int runs = 0;
  for (bool reached = true; reached; n_ += n_ < 8 ? 1 : GetParam().at == At::start ? 31 : 9, ++runs) {
    begin();
    reached = harm();
    expect_to_recover();
    if (HasFailure()) break;
  }
  RecordProperty("reads", n_);
  EXPECT_GT(runs, 5) << "hardly anything was read";
  EXPECT_LE(refers_for_good_, GetParam().harm == Harm::flipped ? runs / 2 : 0);
}

INSTANTIATE_TEST_SUITE_P(
    Harmed, AnyRead,
    testing::Values(Trouble{At::claiming, Harm::broken, false}, Trouble{At::claiming, Harm::flipped, false},
                    Trouble{At::using_up, Harm::broken, true}, Trouble{At::using_up, Harm::flipped, false},
                    Trouble{At::updates, Harm::broken, false}, Trouble{At::updates, Harm::flipped, false},
                    Trouble{At::snapshot, Harm::broken, true}, Trouble{At::snapshot, Harm::flipped, false},
                    Trouble{At::start, Harm::broken, false}, Trouble{At::start, Harm::flipped, false}));
