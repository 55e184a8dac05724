// A gate after a day's work, trucks of every kind before it, and whether what it says of them after its disk
// misbehaved may be let stand.
#pragma once

#include <string>
#include <vector>

#include "gate/core/verdict.hpp"
#include "tests/fault/dialogue.hpp"

namespace fault {

/// What is known of a truck and its right; each kind has one truck.
enum class Kind {
  free,            // may come in
  revoked,         // in the platform's stream, after the snapshot; as are blocked, dirty and used elsewhere
  blocked,         //
  dirty,           //
  used_elsewhere,  //
  banned,          // the plate
  held,            // the container
  claimed,         // another truck is inside with it
  used,            // another truck has left with it
  used_lately,     // the same, since the last start
  leaving,         // is inside, and may leave
};

class Trial : public Dialogue {
 public:
  Trial();

  /// How the files lie there: of a gate that was stopped, or that runs (with its logs).
  enum class Files { stopped, running };
  /// They lie in the folder, the platform is as it was then, and nothing is started.
  void put_there(Files files);
  void start(const syncing::FileLayer& layer = {});

  /// What the lane would do with its truck now; an error of the look-up refers.
  [[nodiscard]] core::Decision decide(Kind kind);
  [[nodiscard]] static bool may(Kind kind) { return kind == Kind::free || kind == Kind::leaving; }
  /// Kinds that are granted and must not be, for `when`.
  [[nodiscard]] std::vector<std::string> wrongly_granted(const std::string& when);
  /// Everybody is told the same as by a gate that nothing happened to. `passed`: that truck has passed
  /// meanwhile, and another of its kind may not.
  [[nodiscard]] bool decides_as_ever(Kind passed = Kind::revoked);

  /// The truck comes in, or leaves: written as the lane writes it.
  core::Result<void> let_pass(Kind kind);
  /// Another truck takes a right that is held or used, whatever the look-up said; gives what is wrong.
  [[nodiscard]] std::vector<std::string> taken_twice();

  /// The platform says something that changes no truck's fate: in its stream, or in a next generation of it.
  void go_on();
  void begin_next_epoch();

  /// Nothing of the two databases is remembered: what is looked at next is read from the disk.
  void forget_pages() const;

 private:
  void work();
  core::Result<void> write(Kind kind, core::ClaimState state, const std::string& visit);
  void see(int trucks);
  syncing_test::TempFolder stopped_, running_;
  world::EventBook book_;
  world::StreamBook stream_;
  int seen_ = 0;
};

[[nodiscard]] std::vector<Kind> all_kinds();

}  // namespace fault
