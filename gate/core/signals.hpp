// What the contacts of one lane say. A contact that cannot be read is unknown, and unknown is danger.
#pragma once

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

namespace core {

enum class Level { off, on, unknown };
BOOST_DESCRIBE_ENUM(Level, off, on, unknown)

/// Logical levels: `on` means what the name says ("the safety loop is occupied", "the arm is at its
/// open limit"), whatever the polarity of the wire.
struct Signals {
  Level presence = Level::unknown;
  Level safety = Level::unknown;     // the loop under the arm
  Level passage = Level::unknown;    // the loop behind the arm
  Level photocell = Level::unknown;  // interrupted
  Level open_limit = Level::unknown;
  Level closed_limit = Level::unknown;
  Level unhinged = Level::unknown;
  Level fault = Level::unknown;  // the barrier controller's own
  Level manual_key = Level::unknown;
  Level fire_alarm = Level::unknown;

  bool operator==(const Signals&) const = default;
};
BOOST_DESCRIBE_STRUCT(Signals, (),
                      (presence, safety, passage, photocell, open_limit, closed_limit, unhinged, fault,
                       manual_key, fire_alarm))

/// Never both: the lamps are one output of the lane, not two.
enum class Lamp { red, green };
BOOST_DESCRIBE_ENUM(Lamp, red, green)

/// What the arm does when the building burns. Journaled either way.
enum class FireAlarm { open, stay_shut };
BOOST_DESCRIBE_ENUM(FireAlarm, open, stay_shut)

}  // namespace core
