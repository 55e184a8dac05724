// One day at the gate as a script: what the platform knows, who comes, and what must become of it.
// The same day is played on virtual time in memory and in real time over sockets.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "gate/core/moment.hpp"
#include "gate/core/operator_decision.hpp"
#include "gate/core/reasons.hpp"
#include "gate/core/records.hpp"
#include "gate/core/result.hpp"
#include "gate/core/standing.hpp"
#include "gate/core/verdict.hpp"
#include "tests/world/render/truck.hpp"

namespace world {

/// What the platform holds. In a `Day` every time counts from the day's start (WallTime{} is the start)
/// and a card number stands wherever a record has a driverIdHash or a credential hash: see `records_at`.
struct Records {
  std::vector<core::ReleaseRight> rights;
  std::vector<core::Appointment> appointments;
  std::vector<core::Driver> drivers;
  std::vector<core::Restriction> restrictions;
};

enum class Behaviour {
  passes,     // drives through on green; backs out once refused, or once referred with nobody to decide
  backs_out,  // leaves the way it came although granted
  waits,      // granted, but stands still until the grant has died, then backs out
};

/// What must have become of a right once the truck has gone.
enum class Fate { free, claimed, used };

struct RightFate {
  std::string release_id;
  Fate fate = Fate::free;
};

/// A settled verdict. Reasons compare as sets, in full; a grant has some only where people overrode them.
struct Expected {
  core::Decision decision = core::Decision::grant;
  std::vector<core::Reason> reasons;
  std::vector<core::FollowUp> follow_ups;
  core::Mode mode = core::Mode::online;
};

/// One call of the operators' API. Several in a row for one truck: the second is another person's.
struct OperatorCall {
  std::string by;  // name in the console's token file
  core::OperatorAction action = core::OperatorAction::correct;
  core::OverrideReason reason = core::OverrideReason::other;
  std::string text;
  std::optional<std::string> plate;      // with correct
  std::optional<std::string> container;  // with correct
  std::optional<std::string> replaces;   // the read that `container` stands for; absent: nothing was read
};

/// One truck at one lane.
struct Truck {
  std::string name;     // what the story calls this passage; unique
  std::string lane;     // a lane of the configuration
  std::string plate;    // as it is written on the plate
  std::string country;  // "BE", "NL", ...
  std::string trailer_plate;
  std::optional<std::string> badge;        // card number held to the reader; absent: none
  std::optional<std::string> tar;          // keyed in by the driver; absent: not
  std::vector<std::string> aboard;         // containers on the chassis when it comes
  std::string size_type;                   // painted on them; empty: not
  Condition condition = Condition::clean;  // of the container and the chassis: every view but the front
  Condition front = Condition::clean;      // of the tractor and its plate
  Behaviour behaviour = Behaviour::passes;
  std::vector<OperatorCall> operators;  // called once `first` stands
  std::optional<Expected> first;        // before the operators; present exactly when there are calls
  Expected expected;                    // what it ends with
  std::vector<RightFate> after;
};

enum class RightOp { upsert, dirty, revoke, block, unblock, remove };

/// `right` is whole with `upsert`; with the others only its release_id and equipment_number matter.
struct RightChange {
  RightOp op = RightOp::upsert;
  core::ReleaseRight right;
};

/// The platform publishes one batch (while it is cut off: keeps it until it comes back).
struct Update {
  std::vector<RightChange> changes;
};

struct CutOff {};  // no message passes between platform and terminal any more
struct ComeBack {
  std::vector<std::string> reconciled;  // rights for which a reconciliation event must come
};
struct Wait {
  core::Milliseconds time{0};
};

struct Step {
  int line = 0;  // of the script, for messages
  std::variant<Truck, Update, CutOff, ComeBack, Wait> what;
};

struct Day {
  std::string title;
  Records records;
  std::vector<Step> steps;
};

/// All errors in one Fault::malformed, a line each: `name:line: key: what and what is allowed`.
[[nodiscard]] core::Result<Day> parse_day(std::string_view toml, std::string_view name);
[[nodiscard]] core::Result<Day> load_day(const std::filesystem::path& file);

/// Card number -> keyId:hex(HMAC-SHA256(identity key, number)).
using BadgeHash = std::function<std::string(std::string_view)>;

/// The records as they really stand when the day starts at `start`. Every round of a repeated day has
/// rights, stays and appointments of its own: see `in_round`.
[[nodiscard]] Records records_at(const Records& script, core::WallTime start, const BadgeHash& hash,
                                 int round = 1);
[[nodiscard]] core::ReleaseRight right_at(core::ReleaseRight script, core::WallTime start,
                                          const BadgeHash& hash, int round = 1);

/// The name of a right, a stay or an appointment in this round of the day: `id` in the first,
/// `id` followed by the round in three digits in the others (keypads know digits).
[[nodiscard]] std::string in_round(std::string_view id, int round);

}  // namespace world
