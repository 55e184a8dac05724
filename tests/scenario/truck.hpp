// One ordinary pick-up: a right, an appointment, a driver; and a site on which it can be played.
#pragma once

#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "sync/wire/changes.hpp"
#include "tests/scenario/site.hpp"

namespace core {
void PrintTo(State state, std::ostream* out);
void PrintTo(Ending ending, std::ostream* out);
void PrintTo(ClaimState state, std::ostream* out);
void PrintTo(Reason reason, std::ostream* out);
}  // namespace core

namespace scenario {

using core::ClaimState;
using core::Decision;
using core::Ending;
using core::EventKind;
using core::Level;
using core::OperatorAction;
using core::Reason;
using core::Signals;
using core::State;
using std::chrono::minutes;
using std::chrono::seconds;

inline const std::string box = "MSKU9070323";
inline const std::string other_box = "CSQU3054383";
inline const std::string plate = "1-KDF-482";
inline const std::string badge = "k1:driver";

/// A terminal where one pick-up of `box` under right "R-1" is announced for this truck and driver, and,
/// under "R-2", one of `other_box` for another truck of the same driver. May be torn down and started again.
class Terminal : public ::testing::Test {
 protected:
  Terminal() { start(); }

  void start();
  /// The power goes and comes back: whatever was not on the disk is lost.
  void power_cut();

  [[nodiscard]] static Look truck_in() { return {plate, "", {}, ""}; }
  [[nodiscard]] static Look truck_out() { return {plate, "", {box}, "45G1"}; }

  /// Entry: arrives, badge; stands wherever the verdict puts it.
  void come_in();
  void come_out();
  void pass(Kit& kit);
  void go_in();  // the whole entry

  [[nodiscard]] std::string passage(Kit& kit) { return site->view(kit).passage.id; }
  [[nodiscard]] bool raised(const Kit& kit) const;
  [[nodiscard]] bool alarmed(const std::string& words);

  Folder folder;
  core::WallTime now =
      core::WallTime(std::chrono::sys_days(std::chrono::year(2026) / 3 / 2) + std::chrono::hours(9));
  std::unique_ptr<Site> site;
  bool filled = false;
};

}  // namespace scenario
