// What this gate reports to the central platform, and the record of one passage.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include "gate/core/evidence.hpp"
#include "gate/core/haulier.hpp"
#include "gate/core/moment.hpp"
#include "gate/core/standing.hpp"
#include "gate/core/verdict.hpp"

namespace core {

enum class EventKind {
  truck_detected,
  granted,
  gate_in,
  gate_out,
  gate_out_reversed,
  refused,
  referred,
  overridden,
  manual_entry,
  mode_changed,
  alarm,
  reconciliation
};
BOOST_DESCRIBE_ENUM(EventKind, truck_detected, granted, gate_in, gate_out, gate_out_reversed, refused,
                    referred, overridden, manual_entry, mode_changed, alarm, reconciliation)

/// One thing that happened. gate_in and gate_out: one for each job (one for a truck without jobs), both
/// only on a proven passage, with what an EDIFACT CODECO message needs. Absent fields do not apply.
struct GateEvent {
  EventKind kind = EventKind::alarm;
  WallTime at{};
  std::optional<std::string> lane;
  std::optional<std::string> passage;
  std::optional<std::string> visit;
  std::optional<std::string> tar;
  std::optional<std::string> job;
  std::optional<std::string> release_id;
  std::optional<std::string> stay_number;
  std::optional<std::string> equipment_number;
  std::optional<std::string> size_type;
  std::optional<std::string> plate;
  std::optional<std::string> driver_id_hash;
  HaulierIds haulier;
  std::vector<Reason> reasons;
  std::vector<FollowUp> follow_ups;
  Standing standing;
  std::vector<std::string> operators;  // who decided, where people did
  std::optional<std::string> text;     // for people: an alarm's or an override's words
};
BOOST_DESCRIBE_STRUCT(GateEvent, (),
                      (kind, at, lane, passage, visit, tar, job, release_id, stay_number, equipment_number,
                       size_type, plate, driver_id_hash, haulier, reasons, follow_ups, standing, operators,
                       text))

/// How a passage ended.
enum class Ending {
  open,         // it has not
  passed,       // one vehicle was proven to pass
  backed_out,   // the vehicle left the way it came
  interrupted,  // the daemon stopped in between; closed at the next start
};
BOOST_DESCRIBE_ENUM(Ending, open, passed, backed_out, interrupted)

/// One passage as lists and pages show it: nothing of it is confidential towards an operator.
struct PassageRecord {
  std::string id;  // ULID
  std::string lane;
  Direction direction = Direction::entry;
  Ending ending = Ending::open;
  WallTime detected{};
  std::optional<WallTime> ended;
  std::optional<Decision> decision;  // absent until the first durable verdict
  std::vector<Reason> reasons;
  std::vector<FollowUp> follow_ups;
  std::vector<Mark> marks;
  std::string plate;
  std::vector<std::string> containers;  // read, or the jobs' own where none was read at the entry
  std::string driver_mask;
  std::string tar;
  std::optional<std::string> visit;
  Standing standing;                   // mode and age of the data at the verdict
  std::optional<int> verdict_ms;       // from the loop to the verdict
  std::optional<int> command_ms;       // from the loop to the open command
  std::optional<int> reading_ms;       // of which the recogniser's own
  std::vector<std::string> operators;  // who decided, where people did
  std::string operator_reason;
  std::vector<PictureRef> pictures;
};
BOOST_DESCRIBE_STRUCT(PassageRecord, (),
                      (id, lane, direction, ending, detected, ended, decision, reasons, follow_ups, marks,
                       plate, containers, driver_mask, tar, visit, standing, verdict_ms, command_ms,
                       reading_ms, operators, operator_reason, pictures))

}  // namespace core
