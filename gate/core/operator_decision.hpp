// What an operator may decide about the passage in front of him.
#pragma once

#include <optional>
#include <string>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

namespace core {

enum class OperatorAction {
  correct,    // says what an unsure read really is (or types what was not read); it is verified again
  grant,      // lets the truck pass against the verdict: an override
  deny,       // turns a referral into a refusal
  send_away,  // ends a referral without a verdict of his own: the truck is to leave the way it came
};
BOOST_DESCRIBE_ENUM(OperatorAction, correct, grant, deny, send_away)

enum class OverrideReason {
  documents_checked,
  called_haulier,
  called_driver_desk,
  called_customs_desk,
  reader_defect,
  camera_defect,
  platform_defect,
  safety,
  other
};
BOOST_DESCRIBE_ENUM(OverrideReason, documents_checked, called_haulier, called_driver_desk,
                    called_customs_desk, reader_defect, camera_defect, platform_defect, safety, other)

/// Names the state it was made on: a decision on an older revision is refused.
struct OperatorDecision {
  std::string lane;
  std::string passage;
  int revision = 0;
  OperatorAction action = OperatorAction::deny;
  std::string by;      // who was authenticated, never taken from the message itself
  bool named = false;  // `by` is one person's own name: an account of the machine may be anybody's
  OverrideReason reason = OverrideReason::other;
  std::string text;
  std::optional<std::string> plate;      // with correct
  std::optional<std::string> container;  // with correct; replaces the read named by `replaces`, or adds one
  std::optional<std::string> replaces;
};
BOOST_DESCRIBE_STRUCT(OperatorDecision, (),
                      (lane, passage, revision, action, by, named, reason, text, plate, container, replaces))

enum class DecisionAnswer {
  accepted,
  second_person_needed,  // kept as a proposal: another person must decide the same on the same revision
};
BOOST_DESCRIBE_ENUM(DecisionAnswer, accepted, second_person_needed)

}  // namespace core
