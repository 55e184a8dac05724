// The lane's state machine. Pure: the same passage, event and moment give the same step.
//
// A step is what the lane becomes and what is to be done, in order. The rules are a table that can be read
// aloud (advance/table.cpp): state, cue, guard -> next state, action. What is not in it is refused, and
// leaves a Note.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include <boost/describe/enum.hpp>

#include "gate/core/passage.hpp"
#include "gate/core/result.hpp"

namespace core {

// ---- what happens ----------------------------------------------------------------------------

struct SignalsChanged {
  Signals signals;
  std::string spare_id;  // ULID for the passage that this may begin
};

struct BadgeRead {
  std::string credential_hash;
  Moment captured;
};

struct TarGiven {
  std::string tar;
  Moment captured;
};

struct PicturesRead {
  std::string passage;
  Sighting sighting;
  std::vector<PictureRef> refs;
};

/// No camera gave a picture, or none that is to be believed.
struct PicturesFailed {
  std::string passage;
  std::vector<PictureRef> refs;
  std::vector<ViewFault> faults;
};

struct Verified {
  int revision = 0;
  Opinion opinion;
};

/// The records could not be read: nobody knows what they would have said.
struct VerifyFailed {
  int revision = 0;
  std::string why;
};

/// An awaited Record is on the disk.
struct Recorded {
  int revision = 0;
};

/// `refused`: the journal holds something that contradicts it (another visit's claim); else it is broken.
struct RecordFailed {
  int revision = 0;
  std::string why;
  bool refused = false;
};

struct OperatorDecides {
  OperatorDecision decision;
};

enum class Timer {
  prompt,    // the driver's time to answer is over
  pictures,  // the pictures' time is over
  travel,    // the arm had the time to reach its limit
  grant,     // the grant's life is over
  escalate,  // nobody has answered
  contacts,  // the contacts have been unknown for too long
  proof,     // the vehicle left the arm and did not appear behind it
  retry,     // a faulted lane looks again
};
BOOST_DESCRIBE_ENUM(Timer, prompt, pictures, travel, grant, escalate, contacts, proof, retry)

struct TimerFired {
  Timer timer = Timer::prompt;
};

enum class Command { raise, lower, show };
BOOST_DESCRIBE_ENUM(Command, raise, lower, show)

struct CommandFailed {
  Command command = Command::raise;
  std::string why;
};

/// The daemon is about to stop: no new grants, red, the passage closed as interrupted.
struct Stopping {};

using Event =
    std::variant<SignalsChanged, BadgeRead, TarGiven, PicturesRead, PicturesFailed, Verified, VerifyFailed,
                 Recorded, RecordFailed, OperatorDecides, TimerFired, CommandFailed, Stopping>;

// ---- what is to be done ----------------------------------------------------------------------

/// By every camera at once; the answer is PicturesRead or PicturesFailed.
struct TakePictures {
  std::string passage;
};

/// Ask the platform for fresh data of what the evidence names. Never waited for.
struct Refresh {};

/// Gather the records and verify; the answer is Verified or VerifyFailed with this revision.
struct Verify {
  int revision = 0;
};

/// One journal entry. Entries of one lane are written in the order of their effects. `awaited` ones are
/// answered by Recorded or RecordFailed; the others are kept and written again until the disk takes them.
struct Record {
  int revision = 0;
  bool awaited = false;
  bool with_case = false;  // with the case of the passage's opinion
  PassageRecord passage;
  std::optional<Visit> visit;
  std::vector<Claim> claims;
  std::vector<GateEvent> events;
};

/// One event, journaled like a Record that is not awaited.
struct Report {
  GateEvent event;
};

struct Raise {
  std::string passage;
  int revision = 0;   // of the durable grant
  bool fire = false;  // for the fire alarm, without a grant
};
struct Lower {};
struct Show {
  Lamp lamp = Lamp::red;
};
/// Replaces the timer of this name if it runs.
struct StartTimer {
  Timer timer = Timer::prompt;
  Milliseconds after{0};
};
struct StopTimer {
  Timer timer = Timer::prompt;
};
/// To the operator whose decision this step is about.
struct Answer {
  Result<DecisionAnswer> answer;
};
/// Something was refused or came too late; journaled.
struct Note {
  std::string text;
};

using Effect = std::variant<TakePictures, Refresh, Verify, Record, Report, Raise, Lower, Show, StartTimer,
                            StopTimer, Answer, Note>;

struct Step {
  Passage next;
  std::vector<Effect> effects;
};

[[nodiscard]] Step advance(const Passage& passage, const Event& event, const Moment& now);

/// Persons that an operator's grant needs now: at least one.
[[nodiscard]] int persons_needed(const Passage& passage);

/// Why the passage stands where it stands, the worst first: the verdict's reasons and the gate's own.
[[nodiscard]] std::vector<Reason> reasons_of(const Passage& passage);

}  // namespace core
