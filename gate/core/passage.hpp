// One lane's state: from the first detection of a truck until the lane is clear again.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include "gate/core/admission.hpp"
#include "gate/core/dossier.hpp"
#include "gate/core/evidence.hpp"
#include "gate/core/gate_event.hpp"
#include "gate/core/moment.hpp"
#include "gate/core/operator_decision.hpp"
#include "gate/core/reads.hpp"
#include "gate/core/signals.hpp"
#include "gate/core/standing.hpp"
#include "gate/core/verdict.hpp"

namespace core {

enum class State {
  idle,       // nobody; red, arm closed
  gathering,  // a vehicle stands on the presence loop: pictures, badge and TAR come in and are verified
  recording,  // a settled verdict is being made durable
  opening,    // the grant is durable and the arm was told to open; still red
  open,       // the open limit is reached: green, for this truck alone
  passing,    // the truck is under the arm; red for whoever follows
  closing,    // the passage is over, or its grant has lapsed; the arm comes down once nothing is under it
  referred,   // an operator decides; red
  refused,    // red until the vehicle has backed out
  faulted,    // the barrier or its contacts cannot be trusted; red, nothing is granted
};
BOOST_DESCRIBE_ENUM(State, idle, gathering, recording, opening, open, passing, closing, referred, refused,
                    faulted)

/// How one lane behaves in time, and what it has. Steady time throughout.
struct LaneTimers {
  Milliseconds prompt_time = std::chrono::seconds(30);      // the driver's time to answer a prompt
  Milliseconds pictures_time = std::chrono::seconds(6);     // then the pictures count as failed
  Milliseconds travel_time = std::chrono::seconds(8);       // of the arm, either way; also how long contacts
                                                            // may be unknown before the passage is given up
  Milliseconds grant_life = std::chrono::seconds(45);       // an unused grant dies
  Milliseconds escalate_after = std::chrono::seconds(120);  // an unanswered referral calls louder
  Milliseconds retry_time = std::chrono::seconds(10);       // a faulted lane tries to come down again
  FireAlarm fire_alarm = FireAlarm::stay_shut;
  bool passage_loop = true;  // without one, leaving the presence loop while under the arm stands for it
};

/// What the lane last told the arm; forced open is an arm off its closed limit while this is `down`.
enum class ArmOrder { down, up, lowering };
BOOST_DESCRIBE_ENUM(ArmOrder, down, up, lowering)

/// How far the vehicle came on this opening. `presence -> safety -> passage -> clear` proves one vehicle.
struct Progress {
  bool under = false;    // the safety loop was reached
  bool forward = false;  // the presence loop was left while under the arm
  bool behind = false;   // the passage loop was reached
  bool gap = false;      // after the safety loop was reached, it and the photocell were both free again
  bool blind = false;    // the arm was not known to be down, and nobody could see what went under it
};

/// People said yes to letting the vehicle pass, knowing these reasons against it.
struct Approval {
  int persons = 0;
  std::vector<Reason> reasons;
  std::string text;
};

/// What was decided, and everything that it was decided on (but the evidence).
struct Opinion {
  Verdict verdict;
  Dossier dossier;
  Standing standing;
  Moment at;
};

struct Passage {
  std::string lane;
  Direction direction = Direction::entry;
  LaneTimers timers;

  State state = State::idle;
  std::string id;        // ULID; empty: no passage
  std::string spare_id;  // for the next one
  int revision = 0;      // rises with every piece of evidence and every decision; never falls on a lane
  Evidence evidence;
  Sighting sighting;  // the reads behind the evidence, with their alternatives

  std::optional<Opinion> opinion;      // the latest
  std::optional<Decision> decision;    // the latest durable one
  std::optional<Admission> admission;  // written, or being written, with a grant
  bool granted = false;                // the grant is durable, and has not been taken back
  std::optional<Reason> own_reason;    // the gate's own trouble, beside the verdict's reasons
  int races = 0;                       // lost claim races of this passage
  bool prompting = false;              // the prompt timer has been started
  bool left = false;                   // the vehicle went away while nothing could be done about it

  std::optional<OperatorDecision> proposal;  // of a first person
  std::optional<Approval> approval;          // of all persons needed; verified once more before it counts
  std::vector<std::string> operators;        // who decided, in order
  std::string operator_reason;
  bool overridden = false;  // people let it pass against the verdict

  Signals signals;
  std::optional<Moment> presence_since;  // the presence loop has been occupied since
  Progress progress;
  ArmOrder order = ArmOrder::down;
  bool lower_wanted = false;         // the arm is to come down as soon as nothing is under it
  State before_fault = State::idle;  // where the latest fault found the lane
  bool fire = false;
  bool stopping = false;
  bool heard = false;  // the contacts have been read at least once

  std::optional<Moment> detected;
  std::optional<Moment> decided;    // when the durable verdict was made
  std::optional<Moment> commanded;  // when the arm was told to open
  Ending ending = Ending::open;
};

/// The passage as lists and pages show it.
[[nodiscard]] PassageRecord record_of(const Passage& passage);

/// An event of this passage at this moment, with what is known of truck, driver and decision.
[[nodiscard]] GateEvent event_of(const Passage& passage, EventKind kind, const Moment& now);

}  // namespace core
