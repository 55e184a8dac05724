// A gate's day as a seeded sequence of steps, and what journal and replica must hold after them.
//
// The story changes only by what it hears, line by line. Who tells it may die between any two lines: then the
// last step is in doubt, and either of two states is right.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gate/core/gate_event.hpp"
#include "gate/core/visit.hpp"
#include "gate/ports/journal.hpp"
#include "sync/position.hpp"
#include "tests/fault/reference.hpp"

namespace fault {

enum class Act {
  enter,     // a truck is granted at the entry and claims a right; its passage is open
  pass_in,   // it is inside
  back_out,  // it backs out: the right is free again
  leave,     // it leaves with the box: the right is used
  steal,     // another truck wants a right that is held or used: refused
  receipt,   // the platform takes events over
  updates,   // the platform's stream goes on
  snapshot,  // a snapshot is swapped in, of this epoch or of the next
  tick,      // time goes by
};

struct Step {
  Act act = Act::tick;
  std::int64_t number = 0;
  std::string visit{};
  std::string release{};
  std::vector<syncing::ReadChange> changes{};  // that the stream goes on by
  bool next_epoch = false;

  /// What the lane writes in it; nothing where it writes nothing.
  [[nodiscard]] std::optional<ports::JournalEntry> entry() const;
};

/// What the journal must hold.
struct Book {
  std::map<std::pair<std::string, std::string>, core::ClaimState> claims{};  // by right and visit
  std::map<std::string, core::Ending> passages{};
  std::map<std::string, core::VisitState> visits{};
  std::vector<std::string> events{};  // their texts, but for those that the appliance adds by itself
  std::vector<std::string> cases{};

  void take(const Step& step);
  /// A stop and a start: what was open is interrupted.
  void interrupt();
};

struct Said {
  std::string ulid{}, text{};
  bool operator==(const Said&) const = default;
};

class Story {
 public:
  explicit Story(std::uint64_t seed) : seed_(seed) {}

  /// A new process, or a new start in this one.
  void begin_life() { ++lives_; }
  /// The same for everybody who heard the same.
  [[nodiscard]] Step next() const;
  void hear(const std::string& line);

  [[nodiscard]] const Book& book() const { return book_; }
  /// The same with the step that is in doubt; equal to book() where none is.
  [[nodiscard]] Book book_with_doubt() const;

  [[nodiscard]] const syncing::Position& position() const { return position_; }
  [[nodiscard]] syncing::Position position_after(const Step& step) const;
  /// The content as of the last snapshot and of every position since, also that of the step in doubt.
  [[nodiscard]] std::map<syncing::Position, Reference> contents() const;
  /// The changes of this epoch after that place.
  [[nodiscard]] std::vector<syncing::ReadChange> stream_after(std::int64_t sequence) const;
  [[nodiscard]] const syncing::Position& floor() const { return floor_; }

  [[nodiscard]] const std::map<std::int64_t, Said>& said() const { return said_; }
  [[nodiscard]] std::int64_t taken() const { return taken_; }
  [[nodiscard]] std::int64_t taking() const { return taking_; }
  [[nodiscard]] const std::optional<Step>& doubt() const { return doubt_; }
  [[nodiscard]] core::Milliseconds time() const { return std::chrono::seconds(1000 * lives_ + steps_); }
  [[nodiscard]] std::int64_t steps() const { return steps_; }

 private:
  void take(const Step& step);
  [[nodiscard]] Act any_act(Random& random) const;

  std::uint64_t seed_;
  std::int64_t lives_ = 0;
  std::int64_t steps_ = 0;
  std::optional<Step> doubt_;
  Book book_;
  syncing::Position position_;
  syncing::Position floor_;  // it never goes below
  std::map<syncing::Position, Reference> contents_{{syncing::Position{}, Reference{}}};
  std::vector<syncing::ReadChange> stream_;  // of the epoch, since its snapshot
  std::int64_t stream_from_ = 0;             // where that snapshot stood
  std::map<std::int64_t, Said> said_;        // every number that anybody ever saw
  std::int64_t taken_ = 0;
  std::int64_t taking_ = 0;
};

}  // namespace fault
